import { EmbeddedSql } from '../embedded/EmbeddedSql';

/** One string value of a configuration file. */
export interface ConfigString {
  /** Keys from the outermost to the value's own; positions in lists are left out. */
  keys: string[];
  value: string;
  /** Offsets in the file, with quotes. */
  start: number;
  end: number;
  /** The value as text with its places; absent where its style cannot be read exactly. */
  sql?: EmbeddedSql;
}
