import { SqlDialect } from 'backstage-plugin-dataset-migration-common';

/** One token; offsets are UTF-16 code units of the parsed text, end exclusive. */
export interface SqlToken {
  /** `word`: a bare identifier or keyword; `quoted`: an identifier in quotes. */
  kind: 'word' | 'quoted' | 'string' | 'number' | 'symbol';
  /** As written, with quotes. */
  text: string;
  start: number;
  end: number;
}

/** A column reference of the syntax tree: `name`, or `qualifier.name`. */
export interface ColumnSpan {
  name: string;
  nameStart: number;
  nameEnd: number;
  qualifier?: string;
  qualifierStart?: number;
  qualifierEnd?: number;
}

export type ParsedSql =
  | {
      ok: true;
      tokens: SqlToken[];
      columns: ColumnSpan[];
      /** Statements that cannot be read; nothing is known of their columns. */
      unread?: Array<{
        start: number;
        end: number;
        message: string;
        at: number;
      }>;
    }
  | {
      ok: false;
      /** `limit`: the parser ran out of time or memory, or crashed. */
      kind: 'syntax' | 'limit';
      message: string;
      /** Offset of the error, where the parser tells it. */
      at?: number;
    };

/**
 * What the codemod needs of a SQL parser. Small on purpose: the codemod resolves
 * scopes and patches bytes itself, so another parser can take this one's place.
 */
export interface SqlParser {
  parse(sql: string, dialect: SqlDialect): Promise<ParsedSql>;
  /** Ends what the parser holds, such as a child process. */
  close(): Promise<void>;
}
