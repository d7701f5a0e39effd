/** Names of checks by how they stand. */
export interface CheckSummary {
  failing: string[];
  pending: string[];
  passed: string[];
}

const PASSED = new Set(['success', 'neutral', 'skipped']);

/** Check runs and commit statuses in one: people do not care which of the two a check is. */
export function summarizeChecks(
  runs: Array<{ name: string; status: string; conclusion: string | null }>,
  statuses: Array<{ context: string; state: string }>,
): CheckSummary {
  const summary: CheckSummary = { failing: [], pending: [], passed: [] };
  for (const run of runs) {
    if (run.status !== 'completed') summary.pending.push(run.name);
    else if (PASSED.has(run.conclusion ?? '')) summary.passed.push(run.name);
    else summary.failing.push(run.name);
  }
  for (const status of statuses) {
    if (status.state === 'pending') summary.pending.push(status.context);
    else if (status.state === 'success') summary.passed.push(status.context);
    else summary.failing.push(status.context);
  }
  return summary;
}
