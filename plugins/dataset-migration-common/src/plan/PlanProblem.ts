/** What is wrong at one place of a plan or contract, for a person and an editor. */
export interface PlanProblem {
  /** Stable identifier: `NOT_SUPPORTED_YET`, `FIELD_NOT_MAPPED`, … */
  code: string;
  severity: 'error' | 'warning';
  message: string;
  /** 1-based. */
  line: number;
  /** 1-based, in UTF-16 code units. */
  column: number;
  /** Where in the document: `spec.mapping.fields.country`; empty for the whole. */
  path: string;
}
