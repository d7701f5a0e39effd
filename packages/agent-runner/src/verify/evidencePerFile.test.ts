import {
  EquivalenceCase,
  Evidence,
} from 'backstage-plugin-dataset-migration-common';
import { fileEvidence, worstOf } from './evidenceOf';
import { evidencePerFile } from './evidencePerFile';

const VERIFIER = { id: 'parses', rung: 'parses' as const };
const passed = { verdict: 'passed' as const, summary: 'All well.' };

function caseOf(
  path: string,
  verdict: EquivalenceCase['verdict'],
  outputRows = 1,
): EquivalenceCase {
  return {
    path,
    label: 'statement 1',
    verdict,
    ...(verdict !== 'passed' && { reason: 'EMPTY_RESULT', message: 'Empty' }),
    inputRows: {},
    outputRows,
  };
}

describe('worstOf', () => {
  const file = (path: string, verdict: Evidence['verdict']) =>
    fileEvidence(VERIFIER, path, {
      verdict,
      ...(verdict !== 'passed' && {
        reason: path === 'a' ? 'NO_QUERIES' : 'PARSE_FAILED',
      }),
      summary: path,
    });
  const changes = [{ path: 'a' }, { path: 'b' }];

  it.each([
    [['passed', 'passed'], 'passed', undefined],
    [['passed', 'not-run'], 'not-run', 'PARSE_FAILED'],
    [['inconclusive', 'not-run'], 'inconclusive', 'NO_QUERIES'],
    [['inconclusive', 'failed'], 'failed', 'PARSE_FAILED'],
  ] as const)('of %j is %s', ([a, b], verdict, reason) => {
    const files = [file('a', a), file('b', b)];
    const result = worstOf(VERIFIER, { changes }, files, passed);
    expect(result.files).toBe(files);
    expect(result.evidence).toMatchObject({ verdict, paths: ['a', 'b'] });
    expect(result.evidence.reason).toBe(reason);
  });
});

describe('evidencePerFile', () => {
  it('gives each file its own cases and its own verdict', () => {
    const cases = [
      caseOf('a', 'passed', 2),
      caseOf('b', 'passed'),
      caseOf('b', 'inconclusive'),
      caseOf('a', 'passed', 3),
    ];
    const evidence = evidencePerFile({
      verifier: 'equivalence',
      rung: 'equivalent',
      verdict: 'inconclusive',
      reason: 'EMPTY_RESULT',
      summary: 'b',
      paths: ['a', 'b'],
      proof: {
        mappingVersion: 1,
        seed: 1,
        cases,
        mutants: { generated: 4, killed: 4 },
        opaqueFunctions: [],
        errorsNotCompared: false,
      },
    });
    expect(evidence).toMatchObject([
      {
        verdict: 'passed',
        paths: ['a'],
        summary: 'Old and new agree on 2 queries (5 rows compared).',
      },
      {
        verdict: 'inconclusive',
        reason: 'EMPTY_RESULT',
        paths: ['b'],
        summary: 'b, statement 1: Empty',
      },
    ]);
    expect(evidence.map(({ proof }) => proof?.cases.length)).toEqual([2, 2]);
  });
});
