/** Something wrong, or not checkable, in a mapping's expressions. */
export interface MappingProblem {
  /** The old field; absent for `rows.where`. */
  field?: string;
  place: 'rows.where' | `fields.${string}`;
  /** Stable identifier: `TYPE_LOSSY`, `EXPRESSION_DOES_NOT_BIND`, … */
  code: string;
  message: string;
  severity: 'warning' | 'error';
}
