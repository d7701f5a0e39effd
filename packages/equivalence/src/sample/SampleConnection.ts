import {
  DatasetMapping,
  FieldAnswer,
} from 'backstage-plugin-dataset-migration-common';
import { EquivalenceStatement } from '../EquivalenceInput';
import { ProofCase } from '../reasons';

/** Where a sample of real data is: a DuckDB file, or a directory of CSV and Parquet files. */
export type SampleConnection =
  | { kind: 'duckdb'; file: string }
  | { kind: 'directory'; path: string };

/** Where a sample is at odds with what a contract says. */
export interface SampleProblem {
  /** Which version of the dataset. */
  side: 'from' | 'to';
  field: string;
  /** Stable identifier: `DRIFT_COLUMN_MISSING`, `DRIFT_TYPE`, `DRIFT_NULL`, … */
  code: string;
  severity: 'warning' | 'error';
  message: string;
}

/** What a sample says of the contracts and of the mapping itself, once per migration. */
export interface SampleReport {
  /** The tables that were found, by side. */
  tables: Array<{
    side: 'from' | 'to';
    name: string;
    rows: number;
    /** False where the table has more rows than were read. */
    complete: boolean;
  }>;
  drift: SampleProblem[];
  /** The old sample against the mapping's view over the new one. */
  mapping: ProofCase;
}

/** What the process of a prover is asked about a sample. */
export interface SampleRequest {
  connection: SampleConnection;
  mapping: DatasetMapping;
  answers: FieldAnswer[];
  /** To compare; absent to check contracts and mapping. */
  statements?: EquivalenceStatement[];
  memoryMb: number;
}

/** What it answers. */
export type SampleAnswer =
  | { kind: 'report'; report: SampleReport }
  | { kind: 'case'; case: ProofCase; opaqueFunctions: string[] };
