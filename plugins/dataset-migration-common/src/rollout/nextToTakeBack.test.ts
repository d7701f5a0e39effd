import fc from 'fast-check';
import { acyclicLineage, anyLineage } from './__testUtils__/arbitraries';
import { nextToTakeBack, ReturningTarget } from './nextToTakeBack';
import { LineageEdge } from './RolloutTarget';

const target = (
  id: string,
  progress: ReturningTarget['progress'] = 'to-do',
): ReturningTarget => ({ id, progress });
const edge = (producer: string, reader: string) => ({ producer, reader });

describe('nextToTakeBack', () => {
  const chain = [edge('a', 'between'), edge('between', 'b'), edge('b', 'c')];

  it.each([
    ['to-do', 'to-do', 'to-do', ['c']],
    ['to-do', 'to-do', 'under-way', []],
    ['to-do', 'to-do', 'back', ['b']],
    ['to-do', 'back', 'under-way', []],
    ['to-do', 'back', 'back', ['a']],
    ['back', 'back', 'to-do', ['c']],
  ] as const)('with a %s, b %s, c %s', (a, b, c, next) => {
    const targets = [target('a', a), target('b', b), target('c', c)];
    expect(nextToTakeBack({ targets, lineage: chain })).toEqual(next);
  });

  it('takes the others at once, last rolled out first', () => {
    const targets = ['a', 'b', 'c'].map(id => target(id));
    expect(nextToTakeBack({ targets })).toEqual(['c', 'b', 'a']);
  });

  const targetsOf = (progress: Array<ReturningTarget['progress']>) =>
    progress.map((each, index) => target(`t${index}`, each));
  const someProgress = fc.array(
    fc.constantFrom('to-do', 'under-way', 'back') as fc.Arbitrary<
      ReturningTarget['progress']
    >,
    { maxLength: 40 },
  );

  it('takes none whose reader is not back', () => {
    fc.assert(
      fc.property(someProgress, acyclicLineage, (progress, lineage) => {
        const targets = targetsOf(progress);
        const open = new Set(
          targets.filter(each => each.progress !== 'back').map(each => each.id),
        );
        const early = nextToTakeBack({ targets, lineage }).flatMap(id =>
          readersOf(id, lineage)
            .filter(reader => open.has(reader))
            .map(reader => [id, reader]),
        );
        expect(early).toEqual([]);
      }),
    );
  });

  it('comes to an end in any graph', () => {
    fc.assert(
      fc.property(someProgress, anyLineage, (progress, lineage) => {
        const left = new Map(
          targetsOf(progress).map(each => [each.id, each.progress]),
        );
        const targets = () => [...left].map(([id, each]) => target(id, each));
        for (const [id, each] of left) {
          if (each === 'under-way') left.set(id, 'back');
        }
        for (let round = 0; round <= progress.length; round += 1) {
          const next = nextToTakeBack({ targets: targets(), lineage });
          if (next.length === 0) break;
          next.forEach(id => left.set(id, 'back'));
        }
        expect([...left.values()].every(each => each === 'back')).toBe(true);
      }),
    );
  });
});

/** All that read what it makes, however far behind it. */
function readersOf(id: string, lineage: LineageEdge[]): string[] {
  const seen = new Set([id]);
  for (const at of seen) {
    for (const { producer, reader } of lineage) {
      if (producer === at) seen.add(reader);
    }
  }
  seen.delete(id);
  return [...seen];
}
