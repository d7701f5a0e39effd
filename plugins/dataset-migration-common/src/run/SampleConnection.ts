/** The environment variable in which a fleet gives the runner the connection, as JSON. */
export const RUN_CONNECTION_VARIABLE = 'DATASET_MIGRATION_CONNECTION';

/** Where real data can be read; it may hold a password, and so is in no job file. */
export type SampleConnection =
  /** A DuckDB file, opened for reading only. */
  | { kind: 'duckdb'; file: string }
  /** A directory of CSV and Parquet files, named after tables. */
  | { kind: 'directory'; path: string }
  /** `postgres://…`, of a role that can write nowhere; others are refused. */
  | { kind: 'postgres'; url: string };
