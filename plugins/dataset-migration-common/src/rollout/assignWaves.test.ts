import { InputError } from '@backstage/errors';
import fc from 'fast-check';
import { PlanWave } from '../plan/MigrationPlan';
import { anyLineage, someTargets } from './__testUtils__/arbitraries';
import { assignWaves, waveEnds } from './assignWaves';
import { proposeWaves } from './proposeWaves';
import { CRITICALITIES, RolloutTarget } from './RolloutTarget';

const waves: PlanWave[] = [
  { name: 'canary', share: '5%', atLeast: 3 },
  { share: '25%' },
  { share: '100%' },
];

const someWaves: fc.Arbitrary<PlanWave[]> = fc.array(
  fc.record(
    {
      share: fc
        .float({ min: Math.fround(0.1), max: 100, noNaN: true })
        .map(share => `${share.toFixed(2)}%`),
      atLeast: fc.integer({ min: 1, max: 20 }),
    },
    { requiredKeys: ['share'] },
  ),
  { minLength: 1, maxLength: 5 },
);

describe('waveEnds', () => {
  it.each([
    [240, [12, 60, 240]],
    [100, [5, 25, 100]],
    [10, [3, 3, 10]],
    [2, [2, 2, 2]],
    [0, [0, 0, 0]],
  ])('cuts %d targets at %p', (total, ends) => {
    expect(waveEnds(total, waves)).toEqual(ends);
  });

  it('takes no target more for a hair of a binary fraction', () => {
    expect(waveEnds(100, [{ share: '7%' }, { share: '100%' }])[0]).toBe(7);
    expect(waveEnds(1000, [{ share: '1.1%' }, { share: '100%' }])[0]).toBe(11);
  });

  it('reaches all in the end, whatever the last share', () => {
    expect(waveEnds(10, [{ share: '10%' }, { share: '50%' }])).toEqual([1, 10]);
  });

  it.each(['', '5', '101%', '-1%', 'NaN%'])('refuses a share of %p', share => {
    expect(() => waveEnds(10, [{ share }])).toThrow(InputError);
  });
});

describe('assignWaves', () => {
  const fleet: RolloutTarget[] = Array.from({ length: 20 }, (_, n) => ({
    id: `t${String(n).padStart(2, '0')}`,
    criticality: n < 16 ? 'high' : 'low',
  }));

  it('names waves from 1, with the least critical in the first', () => {
    const { waves: assigned, proposed } = assignWaves({
      targets: fleet,
      waves,
    });
    expect(proposed).toBe(false);
    expect(assigned.map(each => [each.wave, each.name, each.reached])).toEqual([
      [1, 'canary', 3],
      [2, undefined, 5],
      [3, undefined, 20],
    ]);
    expect(assigned[0].targets).toEqual(['t16', 't17', 't18']);
  });

  it('keeps a producer at most as late as its reader', () => {
    const { waves: assigned } = assignWaves({
      targets: fleet,
      waves,
      lineage: [{ producer: 't07', reader: 't16' }],
    });
    expect(assigned[0].targets).toEqual(['t17', 't18', 't19']);
    expect(assigned[2].targets.slice(-2)).toEqual(['t14', 't15']);
    expect(assigned.flatMap(each => each.targets).slice(10, 12)).toEqual([
      't07',
      't16',
    ]);
  });

  it('has each target in one wave, sizes, monotone shares and producers first', () => {
    fc.assert(
      fc.property(someTargets, anyLineage, someWaves, (all, edges, planned) => {
        const result = assignWaves({
          targets: all,
          lineage: edges,
          waves: planned,
        });
        const ids = result.waves.flatMap(each => each.targets);
        expect([...ids].sort()).toEqual(all.map(each => each.id).sort());
        let reached = 0;
        for (const [index, wave] of result.waves.entries()) {
          const left = all.length - reached;
          const size = wave.targets.length;
          const { atLeast = 0, share } = planned[index];
          expect(size).toBeGreaterThanOrEqual(Math.min(atLeast, left));
          reached += size;
          expect(wave.reached).toBe(reached);
          const wanted = (Number.parseFloat(share) / 100) * all.length;
          expect(reached).toBeGreaterThanOrEqual(Math.floor(wanted));
        }
        expect(reached).toBe(all.length);
        const waveOf = new Map(
          result.waves.flatMap(({ wave, targets }) =>
            targets.map(id => [id, wave] as const),
          ),
        );
        const dropped = result.cycles.map(each => JSON.stringify(each.dropped));
        const wrong = edges.filter(
          edge =>
            !dropped.includes(JSON.stringify(edge)) &&
            (waveOf.get(edge.producer) ?? 0) >
              (waveOf.get(edge.reader) ?? Infinity),
        );
        expect(wrong).toEqual([]);
      }),
    );
  });

  it('never puts a more critical target earlier without lineage', () => {
    const rank = (target?: RolloutTarget) =>
      CRITICALITIES.indexOf(target?.criticality ?? 'medium');
    fc.assert(
      fc.property(someTargets, someWaves, (all, planned) => {
        const ranks = assignWaves({ targets: all, waves: planned })
          .waves.flatMap(each => each.targets)
          .map(id => rank(all.find(each => each.id === id)));
        expect(ranks).toEqual([...ranks].sort());
      }),
    );
  });
});

describe('proposeWaves', () => {
  it.each([0, 1, 5])('is one wave for %d targets', total => {
    expect(proposeWaves(total)).toEqual([{ name: 'all', share: '100%' }]);
  });

  it('is a pilot of five and the rest, for any number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 6, max: 400_000 }), total => {
        const proposal = proposeWaves(total);
        expect(waveEnds(total, proposal)).toEqual([5, total]);
        expect(proposal[0].share).toMatch(/^[1-9]?[0-9](\.[0-9]+)?%$/);
      }),
    );
  });

  it('is what a plan without waves gets, and is marked as proposed', () => {
    const targets = Array.from({ length: 12 }, (_, n) => ({ id: `${n}` }));
    const { waves: assigned, proposed } = assignWaves({ targets, waves: [] });
    expect(proposed).toBe(true);
    expect(assigned.map(each => [each.name, each.targets.length])).toEqual([
      ['pilot', 5],
      ['all', 7],
    ]);
  });
});
