import fc from 'fast-check';
import { assignWaves, openWave, waveEnds } from './assignWaves';

const targets = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    id: String(index).padStart(4, '0'),
    wave: 0,
  }));

describe('assignWaves', () => {
  const plan = [
    { name: 'canary', share: '5%', atLeast: 3 },
    { share: '25%' },
    { share: '100%' },
  ];

  it.each([
    [100, [5, 25, 100]],
    [10, [3, 3, 10]],
    [2, [2, 2, 2]],
    [0, [0, 0, 0]],
  ])('cuts %d targets at %p', (total, ends) => {
    expect(waveEnds(total, plan)).toEqual(ends);
  });

  it('counts waves from 1, and has one where the plan has none', () => {
    expect(assignWaves(targets(3), []).map(each => each.wave)).toEqual([
      1, 1, 1,
    ]);
    expect(assignWaves(targets(4), plan).map(each => each.wave)).toEqual([
      1, 1, 1, 3,
    ]);
  });

  it('puts every target into one wave, the same whatever the order', () => {
    const share = fc.integer({ min: 1, max: 100 }).map(each => `${each}%`);
    const wave = fc.record(
      { share, atLeast: fc.integer({ min: 0, max: 20 }) },
      { requiredKeys: ['share'] },
    );
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 200 }),
        fc.array(wave, { minLength: 1, maxLength: 5 }),
        (count, waves) => {
          const assigned = assignWaves(targets(count), waves);
          expect(assigned).toHaveLength(count);
          for (const each of assigned) {
            expect(each.wave).toBeGreaterThanOrEqual(1);
            expect(each.wave).toBeLessThanOrEqual(waves.length);
          }
          const reversed = assignWaves(targets(count).reverse(), waves);
          expect(reversed).toEqual(assigned);
        },
      ),
    );
  });
});

describe('openWave', () => {
  const at = (wave: number, state: string) => ({ wave, state });

  it.each([
    ['nothing is approved', [at(1, 'simulated')], undefined],
    ['the first is approved', [at(1, 'approved'), at(2, 'approved')], 1],
    ['the first is through', [at(1, 'open'), at(2, 'approved')], 2],
    [
      'the first is on its way',
      [at(1, 'publishing'), at(2, 'approved')],
      undefined,
    ],
    [
      'others of the same are on their way',
      [at(2, 'publishing'), at(2, 'approved')],
      2,
    ],
  ])('when %s', (_, all, wave) => {
    expect(openWave(all)).toBe(wave);
  });
});
