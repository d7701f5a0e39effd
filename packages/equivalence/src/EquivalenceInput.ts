import {
  DatasetMapping,
  FieldAnswer,
} from 'backstage-plugin-dataset-migration-common';

/** What to prove: every old statement against its rewrite, under one mapping. */
export interface EquivalenceInput {
  mapping: DatasetMapping;
  statements: EquivalenceStatement[];
  /** Owners' answers; answered `ask` and `gone` fields become part of the view. */
  answers: FieldAnswer[];
  /** The same seed gives the same rows, mutants and verdicts. */
  seed: number;
  limits: ProverLimits;
}

/** One query before and after the change, in the mapping's dialect, without Jinja. */
export interface EquivalenceStatement {
  path: string;
  /** Which statement and branch of the file: `statement 1`. */
  label: string;
  oldSql: string;
  newSql: string;
  /** True where the reader depends on the order of the result. */
  ordered: boolean;
  /** Other tables the query reads, as far as their columns are known. */
  tables: InputTable[];
  /** Macros whose output stands in both texts, and settings that decided it. */
  assumed?: string[];
}

export interface InputTable {
  /** As the query addresses it, without quotes. */
  name: string;
  /** Absent when the schema is unknown: columns are then inferred from their use. */
  columns?: Array<{
    name: string;
    type?: string;
    /** True where name and type are read off the query: the proof may correct them. */
    guessed?: boolean;
  }>;
}

export interface ProverLimits {
  /** For all statements together, from the start of the child process. */
  timeoutMs: number;
  /** Resident memory of the child process. */
  memoryMb: number;
}
