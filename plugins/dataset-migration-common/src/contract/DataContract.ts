/**
 * The part of an Open Data Contract Standard v3.1 document that a migration
 * reads, after `parseContract` checked it.
 *
 * Source: https://bitol-io.github.io/open-data-contract-standard/v3.1.0/
 */
export interface DataContract {
  id: string;
  version: string;
  /** `schema[].physicalName`, else `schema[].name`: how the table is addressed. */
  table: string;
  /**
   * Full names of the table, from `servers[]` and `table`, most specific first:
   * `project.dataset.table`, `dataset.table`.
   */
  tables?: string[];
  description?: string;
  /** In the order of the document. */
  fields: ContractField[];
}

/** A field of another table, as the database calls both. */
export interface FieldReference {
  table: string;
  field: string;
}

/** One column; nested columns of a STRUCT are in `fields`. */
export interface ContractField {
  name: string;
  /** `physicalType`, in the plan's dialect, for example `INT64` or `ARRAY<STRING>`. */
  type: string;
  logicalType?: string;
  description?: string;
  /** `required: true`, that is NOT NULL. */
  required: boolean;
  unique: boolean;
  primaryKey: boolean;
  /** Allowed values, from a `validValues` quality rule or `logicalTypeOptions.enum`. */
  enum?: string[];
  examples?: unknown[];
  /** Foreign keys: other tables and fields that have every value of this field. */
  references?: FieldReference[];
  fields?: ContractField[];
}
