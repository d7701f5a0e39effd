/** Upper bounds of what a runner may report, whatever the job allowed. */
export const RUN_LIMITS = {
  uses: 20_000,
  findings: 20_000,
  evidence: 100,
  cases: 5_000,
  files: 5_000,
  rows: 200,
  text: 20_000,
  logLines: 500,
  logLine: 4_000,
  patchBytes: 16 * 1024 * 1024,
} as const;
