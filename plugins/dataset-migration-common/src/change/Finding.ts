/** What becomes of one use of the old dataset. */
export type Route = 'codemod' | 'question' | 'agent' | 'person';

/** A place in a file: 1-based line and column (in UTF-16 code units), as editors count. */
export interface Place {
  path: string;
  line: number;
  column: number;
  endLine?: number;
  endColumn?: number;
}

/** One use of the old dataset or of one of its fields in a consumer. */
export interface DatasetUse {
  place: Place;
  /** Absent for a use of the table itself. */
  field?: string;
  /** Where in the query: projection, filter, join, group, order, window, star, table, text. */
  context: string;
  route: Route;
  /** The text in the file. */
  snippet: string;
}

/**
 * Something the owner has to know: a rule applied, a refusal, a question.
 * `reason` is a stable identifier (`docs/reasons.md`), such as `SQL_USING_RENAMED`.
 */
export interface Finding {
  reason: string;
  severity: 'info' | 'warning' | 'error';
  route: Route;
  message: string;
  place?: Place;
  field?: string;
  /** For `question`: what to ask, with the answers to choose from. */
  question?: {
    text: string;
    options: Array<{ label: string; is: string }>;
    guide?: string;
  };
}
