import { EquivalenceCase } from '../change/Evidence';

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
  mapping: EquivalenceCase;
}
