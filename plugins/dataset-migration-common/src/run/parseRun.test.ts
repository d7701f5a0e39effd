import { InputError } from '@backstage/errors';
import fc from 'fast-check';
import { parseRunReport } from './parseRunReport';
import { parseRunResult } from './parseRunResult';
import { RunResult } from './RunResult';

const result: RunResult = {
  apiVersion: 'dataset-migration/v1alpha1',
  kind: 'RunResult',
  outcome: 'changed',
  baseCommit: 'a'.repeat(40),
  change: {
    patch: Buffer.from('diff --git a/x b/x').toString('base64'),
    files: [
      { path: 'sql/a.sql', baseBlob: 'b'.repeat(40), added: 1, removed: 1 },
    ],
  },
  uses: [
    {
      place: { path: 'sql/a.sql', line: 1, column: 8 },
      field: 'country',
      context: 'projection',
      route: 'codemod',
      snippet: 'country',
    },
    {
      place: { path: 'sql/b.sql', line: 2, column: 1 },
      field: 'country',
      context: 'filter',
      route: 'codemod',
      snippet: 'country',
      via: [
        { kind: 'alias', name: 'a' },
        { kind: 'model', name: 'm' },
      ],
      outputs: [{ name: 'c', as: 'expression' }, { as: 'filter' }],
      indirect: true,
    },
  ],
  findings: [
    {
      reason: 'FIELD_NEEDS_JUDGEMENT',
      severity: 'warning',
      route: 'question',
      message: 'Which score?',
      question: { text: 'Which?', options: [{ label: 'Rank', is: 'rank' }] },
    },
  ],
  evidence: [
    {
      verifier: 'equivalence',
      rung: 'equivalent',
      verdict: 'failed',
      reason: 'DIFFERENT',
      summary: 'One row differs.',
      paths: ['sql/a.sql'],
      proof: {
        mappingVersion: 1,
        seed: 42,
        cases: [
          {
            path: 'sql/a.sql',
            label: 'statement 1',
            verdict: 'failed',
            reason: 'DIFFERENT',
            inputRows: { new: 12 },
            outputRows: 3,
            counterexample: {
              inputs: { new: { columns: ['a'], rows: [['1']] } },
              old: { columns: ['a'], rows: [[null]] },
              new: { columns: ['a'], rows: [] },
            },
          },
        ],
        mutants: {
          generated: 4,
          killed: 3,
          equivalent: 1,
          survivors: ['a.sql, statement 1: literal: 1 becomes 2'],
        },
        coverage: {
          outputRows: 3,
          branches: { found: 4, hit: 3 },
          missed: [
            {
              path: 'a.sql',
              label: 'statement 1',
              condition: 'a > 1',
              never: 'true' as const,
            },
          ],
        },
        opaqueFunctions: [],
        errorsNotCompared: false,
      },
    },
  ],
  rung: 'resolves',
};
const report = {
  attempt: 1,
  token: 7,
  reportId: 'r-1',
  kind: 'result' as const,
  result,
};

/** The report with one value at a path replaced. */
function withValue(path: string, value: unknown): unknown {
  const copy = JSON.parse(JSON.stringify(report));
  const steps = path.split('.');
  const last = steps.pop()!;
  let here = copy;
  for (const step of steps) {
    here = here[step];
  }
  here[last] = value;
  return copy;
}

describe('parseRunReport', () => {
  it('returns what a well-behaved runner sends', () => {
    expect(parseRunReport(report)).toEqual(report);
  });

  it.each([
    ['token', '7'],
    ['attempt', 0],
    ['reportId', 'a b'],
    ['kind', 'log'],
    ['extra', 1],
    ['result.extra', 1],
    ['result.outcome', 'great'],
    ['result.baseCommit', 'HEAD'],
    ['result.change.patch', 'not base64!'],
    ['result.change.files.0.path', '../etc/passwd'],
    ['result.change.files.0.path', '/etc/passwd'],
    ['result.change.files.0.path', 'a/.git/config'],
    ['result.change.files.0.path', 'a\0b'],
    ['result.change.files.0.path', 'a//b'],
    ['result.change.files.0.path', '..\\x'],
    ['result.uses.0.place.line', 0],
    ['result.uses.0.route', 'magic'],
    ['result.findings.0.reason', 'because'],
    ['result.evidence.0.reason', undefined],
    ['result.evidence.0.proof.cases.0.inputRows.new', -1],
    ['result.evidence.0.proof.cases.0.counterexample.old.rows.0.0', 3],
    ['result.evidence.0.proof.mutants.survivors', 'all'],
    ['result.evidence.0.proof.coverage.branches.hit', -1],
    ['result.evidence.0.proof.coverage.missed.0.never', 'maybe'],
    ['result.evidence.0.proof.coverage.missed.0.path', '../a.sql'],
    ['result.uses', Array.from({ length: 20_001 }, () => result.uses[0])],
  ])('refuses %s = %j', (path, value) => {
    expect(() => parseRunReport(withValue(path, value))).toThrow(InputError);
  });

  it('names the place', () => {
    expect(() =>
      parseRunReport(withValue('result.uses.0.place.path', '../x')),
    ).toThrow(/^report\.result\.uses\.0\.place\.path must be/);
  });

  it('refuses a patch over the limit', () => {
    const patch = Buffer.alloc(2000).toString('base64');
    const big = withValue('result.change.patch', patch);
    expect(() => parseRunReport(big, { maxPatchBytes: 1000 })).toThrow(
      /report\.result\.change\.patch/,
    );
    expect(() => parseRunReport(big, { maxPatchBytes: 2000 })).not.toThrow();
  });

  it('throws nothing but InputError, whatever it is given', () => {
    fc.assert(
      fc.property(fc.anything(), value => {
        expect(() => parseRunReport(value)).toThrow(InputError);
      }),
    );
  });
});

describe('parseRunResult', () => {
  it('wants a change when changed, and a failure when failed', () => {
    const { change, ...rest } = result;
    expect(() => parseRunResult(rest)).toThrow(/baseCommit/);
    const [, use] = result.uses;
    expect(() =>
      parseRunResult({
        ...result,
        uses: [{ ...use, via: [{ kind: 'table', name: 'x' }] }],
      }),
    ).toThrow(/uses\.0\.via\.0\.kind/);
    expect(() =>
      parseRunResult({
        ...result,
        uses: [{ ...use, outputs: Array(51).fill({ as: 'filter' }) }],
      }),
    ).toThrow(/at most 50/);
    expect(() =>
      parseRunResult({ ...result, uses: [{ ...use, indirect: 'yes' }] }),
    ).toThrow(/true or false/);
    expect(() => parseRunResult({ ...rest, outcome: 'failed' })).toThrow(
      /failure/,
    );
    expect(change).toBeDefined();
  });
});
