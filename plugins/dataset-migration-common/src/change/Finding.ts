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

/** What stands between the dataset and a use of it. */
export interface UseStep {
  kind: 'alias' | 'cte' | 'subquery' | 'model' | 'view';
  name: string;
}

/** What becomes of a field in the output of the consumer's query. */
export interface UseOutput {
  /** The output column; absent for `filter`, and where the query gives none. */
  name?: string;
  as: 'unchanged' | 'expression' | 'filter';
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
  /** The way from the dataset to this use, in order; at most `MAX_USE_STEPS`. */
  via?: UseStep[];
  /** Where the field ends up; at most `MAX_USE_OUTPUTS`. */
  outputs?: UseOutput[];
  /**
   * True if the use reads something made from the dataset (a common table expression, a
   * model, a view) and not the dataset itself. Nothing is edited there, because output
   * columns keep their names, and it is no remaining read of the old dataset.
   */
  indirect?: boolean;
}

export const MAX_USE_STEPS = 16;
export const MAX_USE_OUTPUTS = 50;

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
