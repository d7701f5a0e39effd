import { RunResult } from 'backstage-plugin-dataset-migration-common';

/** The result of a run that ended without one. */
export function failedResult(
  failure: NonNullable<RunResult['failure']>,
): RunResult {
  return {
    apiVersion: 'dataset-migration/v1alpha1',
    kind: 'RunResult',
    outcome: 'failed',
    uses: [],
    findings: [],
    evidence: [],
    failure,
  };
}
