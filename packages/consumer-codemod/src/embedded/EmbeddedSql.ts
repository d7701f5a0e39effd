/** A string literal of a host language that holds SQL or a part of it. */
export interface HostLiteral {
  /** Offsets of what is between its quotes. */
  start: number;
  end: number;
  /**
   * Writes plain text as it has to stand in this literal; nothing if its quotes
   * cannot hold it.
   */
  encode(text: string): string | undefined;
}

/** A stretch of SQL: `text` is what the host's source in `[start, end)` means. */
export interface EmbeddedText {
  kind: 'text';
  /** Of the same length as the source, or one unit such as an escape. */
  text: string;
  start: number;
  end: number;
  literal: HostLiteral;
}

/** What the host puts in when the code runs: an interpolation, a format mark, a joined value. */
export interface EmbeddedHole {
  kind: 'hole';
  start: number;
  end: number;
  /** The literal that the hole stands in; absent for one between two literals. */
  literal?: HostLiteral;
  /** Offsets of the host's expression that it prints; a hole such as `%s` stands elsewhere. */
  origin?: { start: number; end: number };
  /** What it prints, where the file itself proves that. */
  value?: string;
  /** True if it can only print a value, such as a bound parameter: never a name or a clause. */
  bound?: boolean;
}

export type EmbeddedPart = EmbeddedText | EmbeddedHole;

/** SQL in the strings of a host language, in the order in which it is run together. */
export interface EmbeddedSql {
  /** Offsets of the whole expression in the file. */
  start: number;
  end: number;
  parts: EmbeddedPart[];
}
