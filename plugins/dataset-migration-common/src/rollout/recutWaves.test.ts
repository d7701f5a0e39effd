import fc from 'fast-check';
import { acyclicLineage, someTargets } from './__testUtils__/arbitraries';
import { PlacedTarget, recutWaves } from './recutWaves';

const WAVES = [
  { name: 'canary', share: '10%', atLeast: 2 },
  { share: '50%' },
  { share: '100%' },
];

const placedTargets: fc.Arbitrary<PlacedTarget[]> = someTargets.chain(targets =>
  fc
    .array(fc.record({ wave: fc.nat(3), counts: fc.boolean() }), {
      minLength: targets.length,
      maxLength: targets.length,
    })
    .map(places =>
      targets.map((each, index) => ({ ...each, ...places[index] })),
    ),
);

describe('recutWaves', () => {
  it('leaves who is in an open wave where it is, and puts all others behind', () => {
    fc.assert(
      fc.property(
        placedTargets,
        acyclicLineage,
        fc.nat(3),
        (targets, lineage, openWave) => {
          const { of } = recutWaves({
            targets,
            lineage,
            waves: WAVES,
            openWave,
          });
          expect(of.size).toBe(targets.length);
          for (const { id, wave } of targets) {
            const isOpen = wave > 0 && wave <= openWave;
            const least = Math.min(openWave + 1, 3);
            expect(of.get(id)).toBeGreaterThanOrEqual(isOpen ? wave : least);
            expect(of.get(id)).toBeLessThanOrEqual(isOpen ? wave : 3);
          }
        },
      ),
    );
  });

  it('changes nothing when it is done again', () => {
    fc.assert(
      fc.property(placedTargets, fc.nat(3), (targets, openWave) => {
        const first = recutWaves({ targets, waves: WAVES, openWave });
        const placed = targets.map(each => ({
          ...each,
          wave: first.of.get(each.id) ?? 0,
        }));
        const again = recutWaves({ targets: placed, waves: WAVES, openWave });
        expect([...again.of].sort()).toEqual([...first.of].sort());
      }),
    );
  });

  it('puts nobody before a producer that is not in an open wave', () => {
    fc.assert(
      fc.property(someTargets, acyclicLineage, (found, lineage) => {
        const targets = found.map(each => ({ ...each, wave: 0, counts: true }));
        const { of } = recutWaves({
          targets,
          lineage,
          waves: WAVES,
          openWave: 0,
        });
        const early = lineage.filter(
          ({ producer, reader }) =>
            (of.get(producer) ?? 0) > (of.get(reader) ?? Infinity),
        );
        expect(early).toEqual([]);
      }),
    );
  });

  it.each([
    // Five that end without a pull request hold no place in the canary.
    [[0, 0, 0, 0, 0, 1, 1, 1, 1], 2, 2],
    [[1, 1, 1, 1], 2, 2],
    [[1], 1, 0],
  ])('counts what there is to publish: %j', (counts, first, second) => {
    const targets = counts.map((each, index) => ({
      id: `t${index}`,
      wave: 0,
      counts: each === 1,
    }));
    const { of } = recutWaves({ targets, waves: WAVES, openWave: 0 });
    const inWave = (wave: number) =>
      targets.filter(each => each.counts && of.get(each.id) === wave).length;
    expect(inWave(1)).toBe(first);
    expect(inWave(2) + inWave(3)).toBe(counts.filter(Boolean).length - first);
    expect(inWave(3)).toBe(second);
  });

  it('proposes a pilot of five, and takes who is found later along', () => {
    const targets = Array.from({ length: 12 }, (_, index) => ({
      id: `t${index}`,
      wave: 0,
      counts: true,
    }));
    const first = recutWaves({ targets, waves: [], openWave: 0 });
    expect(first.proposed).toBe(true);
    expect([...first.of.values()].filter(wave => wave === 1)).toHaveLength(5);
    const later = recutWaves({
      targets: [
        ...targets.map(each => ({ ...each, wave: first.of.get(each.id) ?? 0 })),
        { id: 'new', wave: 0, counts: true, criticality: 'low' as const },
      ],
      waves: [],
      openWave: 2,
    });
    expect(later.of.get('new')).toBe(2);
  });
});
