import {
  Evidence,
  Rung,
  RUNGS,
  Verdict,
} from 'backstage-plugin-dataset-migration-common';
import fc from 'fast-check';
import { Proved, worseThan } from './worseThan';

const VERDICTS: Verdict[] = ['passed', 'failed', 'inconclusive', 'not-run'];
const evidence: fc.Arbitrary<Evidence> = fc.record({
  verifier: fc.constantFrom('scope', 'parses', 'equivalence'),
  verdict: fc.constantFrom(...VERDICTS),
  summary: fc.constant('.'),
  paths: fc.constant([]),
});
const rung: fc.Arbitrary<Rung | undefined> = fc.option(
  fc.constantFrom(...RUNGS),
  { nil: undefined },
);
const proved: fc.Arbitrary<Proved> = fc.record({
  evidence: fc.array(evidence, { maxLength: 6 }),
  rung,
});
const hasFailed = (change: Proved) =>
  change.evidence.some(each => each.verdict === 'failed');

describe('worseThan', () => {
  it('finds the same result no worse, in any order', () => {
    fc.assert(
      fc.property(proved, change => {
        fc.pre(!hasFailed(change));
        const again = { ...change, evidence: [...change.evidence].reverse() };
        expect(worseThan(change, again)).toBeUndefined();
      }),
    );
  });

  it('finds more that passed and a higher rung no worse', () => {
    fc.assert(
      fc.property(proved, rung, (change, higher) => {
        fc.pre(!hasFailed(change));
        const better = {
          evidence: change.evidence.map(each => ({
            ...each,
            verdict: 'passed' as const,
          })),
          rung:
            RUNGS.indexOf(higher!) > RUNGS.indexOf(change.rung!)
              ? higher
              : change.rung,
        };
        expect(worseThan(change, better)).toBeUndefined();
      }),
    );
  });

  it('finds it worse when something passes no more', () => {
    fc.assert(
      fc.property(
        proved,
        fc.constantFrom<Verdict>('failed', 'inconclusive', 'not-run'),
        (change, verdict) => {
          fc.pre(!hasFailed(change));
          for (const [index, each] of change.evidence.entries()) {
            if (each.verdict !== 'passed') continue;
            const lost = [...change.evidence];
            lost[index] = { ...each, verdict };
            expect(worseThan(change, { ...change, evidence: lost })).toContain(
              each.verifier,
            );
            lost.splice(index, 1);
            expect(
              worseThan(change, { ...change, evidence: lost }),
            ).toBeDefined();
          }
        },
      ),
    );
  });

  it('finds every lower rung worse', () => {
    fc.assert(
      fc.property(proved, fc.constantFrom(...RUNGS), (change, before) => {
        fc.pre(!hasFailed(change));
        for (const lower of [
          undefined,
          ...RUNGS.slice(0, RUNGS.indexOf(before)),
        ]) {
          expect(
            worseThan({ ...change, rung: before }, { ...change, rung: lower }),
          ).toContain(`"${before}"`);
        }
      }),
    );
  });

  it('names what is missing', () => {
    const passed: Evidence = {
      verifier: 'equivalence',
      verdict: 'passed',
      summary: '.',
      paths: [],
    };
    expect(worseThan({ evidence: [passed] }, { evidence: [] })).toBe(
      'equivalence passed before, now it is missing.',
    );
  });

  it('never accepts what failed', () => {
    fc.assert(
      fc.property(proved, proved, (before, now) => {
        fc.pre(hasFailed(now));
        expect(worseThan(before, now)).toContain('failed');
      }),
    );
  });
});
