import { RunRecord, TargetRecord } from '../database/records';

/**
 * One publish or rollback, done in the backend. Started again after a crash it finds what it did
 * before. What it throws decides whether it is tried again (`toRunFailure`).
 */
export type BackendStep = (
  run: RunRecord,
  target: TargetRecord,
  signal: AbortSignal,
) => Promise<void>;

/** A step for each kind of run that no fleet executes. */
export interface BackendSteps {
  publish: BackendStep;
  rollback: BackendStep;
}
