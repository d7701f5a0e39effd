import { evidenceWithoutRows, reportWithoutRows } from './withoutRows';

describe('what is said of a sample without its rows', () => {
  it('keeps verdicts and counts, and drops rows and values', () => {
    const table = { columns: ['name'], rows: [['Ada']] };
    const one = {
      path: 'a.sql',
      label: 'statement 1',
      verdict: 'failed' as const,
      reason: 'DIFFERENT_RESULT',
      message: `Could not read 'Ada' and "A\\"da" of 3`,
      inputRows: { t: 3 },
      outputRows: 2,
      counterexample: { inputs: {}, old: table, new: table },
    };
    const evidence = evidenceWithoutRows({
      verifier: 'equivalent-on-sample',
      verdict: 'failed',
      reason: 'DIFFERENT_RESULT',
      summary: `a.sql: 'Ada'`,
      paths: ['a.sql'],
      proof: {
        mappingVersion: 1,
        seed: 1,
        cases: [one],
        mutants: { generated: 0, killed: 0 },
        opaqueFunctions: [],
        errorsNotCompared: false,
      },
    });
    expect(evidence.summary).toBe('a.sql: …');
    expect(evidence.proof?.cases).toEqual([
      {
        path: 'a.sql',
        label: 'statement 1',
        verdict: 'failed',
        reason: 'DIFFERENT_RESULT',
        message: 'Could not read … and … of 3',
        inputRows: { t: 3 },
        outputRows: 2,
      },
    ]);
    const report = reportWithoutRows({
      tables: [],
      drift: [
        {
          side: 'from',
          field: 'name',
          code: 'DRIFT_ENUM',
          severity: 'error',
          message: 'name has values that are not listed: "Ada", "Bea"',
        },
      ],
      mapping: one,
    });
    expect(JSON.stringify(report)).not.toMatch(/Ada|Bea/);
  });
});
