import {
  Evidence,
  RUNGS,
  Rung,
  Verdict,
} from 'backstage-plugin-dataset-migration-common';
import fc from 'fast-check';
import { highestRung } from './highestRung';

const evidence = (rung: Rung | undefined, verdict: Verdict): Evidence => ({
  verifier: rung ?? 'scope',
  ...(rung && { rung }),
  verdict,
  summary: '',
  paths: [],
});

describe('highestRung', () => {
  it.each<[string, Array<[Rung | undefined, Verdict]>, Rung | undefined]>([
    ['nothing', [], undefined],
    ['only a guard', [[undefined, 'passed']], undefined],
    [
      'plain SQL that is proved',
      [
        ['parses', 'passed'],
        ['resolves', 'passed'],
        ['compiles', 'not-run'],
        ['equivalent', 'passed'],
        ['tested', 'not-run'],
      ],
      'equivalent',
    ],
    [
      'a proof that failed',
      [
        ['parses', 'passed'],
        ['resolves', 'passed'],
        ['equivalent', 'failed'],
      ],
      'resolves',
    ],
    [
      'a proof above what is inconclusive',
      [
        ['parses', 'passed'],
        ['resolves', 'inconclusive'],
        ['equivalent', 'passed'],
      ],
      'parses',
    ],
    [
      'a guard that failed',
      [
        [undefined, 'failed'],
        ['parses', 'passed'],
      ],
      undefined,
    ],
    [
      'one of two verifiers',
      [
        ['parses', 'passed'],
        ['parses', 'not-run'],
      ],
      undefined,
    ],
  ])('%s', (_, given, expected) => {
    expect(highestRung(given.map(each => evidence(...each)))).toBe(expected);
  });

  it('never stands on or above a failure, whatever the order', () => {
    const any = fc.array(
      fc.tuple(
        fc.constantFrom(...RUNGS),
        fc.constantFrom<Verdict>('passed', 'failed', 'inconclusive', 'not-run'),
      ),
    );
    fc.assert(
      fc.property(any, given => {
        const all = given.map(each => evidence(...each));
        const rung = highestRung(all);
        expect(highestRung([...all].reverse())).toBe(rung);
        const height = rung ? RUNGS.indexOf(rung) : -1;
        const below = given.filter(
          ([own, verdict]) =>
            RUNGS.indexOf(own) <= height &&
            (verdict === 'failed' || verdict === 'inconclusive'),
        );
        expect(below).toEqual([]);
      }),
    );
  });
});
