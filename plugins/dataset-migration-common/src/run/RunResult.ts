import { Evidence, Rung } from '../change/Evidence';
import { DatasetUse, Finding } from '../change/Finding';

/** The result file of one attempt. Hostile until `parseRunResult` checked it. */
export interface RunResult {
  apiVersion: 'dataset-migration/v1alpha1';
  kind: 'RunResult';
  /**
   * `changed`: a patch to review. `not-affected`: no reference to the old dataset.
   * `questions`: only open questions are left. `needs-person`: at least one use that
   * neither codemod nor question covers. `failed`: see `failure`.
   */
  outcome: 'changed' | 'not-affected' | 'questions' | 'needs-person' | 'failed';
  /** Full commit id the run looked at. */
  baseCommit?: string;
  change?: {
    /** base64 of a binary, full-index git patch against `baseCommit`. */
    patch: string;
    files: Array<{
      path: string;
      /** Blob id before the change. */
      baseBlob: string;
      added: number;
      removed: number;
    }>;
  };
  /** Every use of the old dataset found; for `rescan`, the reads that remain. */
  uses: DatasetUse[];
  findings: Finding[];
  evidence: Evidence[];
  /** The highest rung all of whose verifiers passed; absent is shown as `unverified`. */
  rung?: Rung;
  failure?: {
    /** Stable signature for grouping. */
    signature: string;
    message: string;
    retryable: boolean;
  };
}

/** What a runner sends to `POST …/runs/{id}/reports`. */
export interface RunReport {
  attempt: number;
  token: number;
  /** Unique per report, so that a repeated report has no effect. */
  reportId: string;
  kind: 'heartbeat' | 'progress' | 'log' | 'result';
  /** `progress`: what is going on. */
  message?: string;
  /** `log`: lines, oldest first. */
  lines?: string[];
  result?: RunResult;
}
