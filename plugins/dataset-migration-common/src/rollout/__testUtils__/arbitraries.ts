import fc from 'fast-check';
import { CRITICALITIES, LineageEdge, RolloutTarget } from '../RolloutTarget';

/** Up to 40 targets with their ids in a random order. */
export const someTargets: fc.Arbitrary<RolloutTarget[]> = fc
  .array(fc.constantFrom(...CRITICALITIES, undefined), { maxLength: 40 })
  .map(all =>
    all.map((criticality, index) => ({ id: `t${index}`, criticality })),
  )
  .chain(targets =>
    fc.shuffledSubarray(targets, {
      minLength: targets.length,
      maxLength: targets.length,
    }),
  );

const node = (ids: number) =>
  fc.integer({ min: 0, max: ids }).map(n => `t${n}`);

/** Any graph, with cycles and with nodes that are no targets. */
export const anyLineage: fc.Arbitrary<LineageEdge[]> = fc.array(
  fc.record({ producer: node(45), reader: node(45) }),
  { maxLength: 80 },
);

/** A graph without a cycle: each producer has a smaller number than its reader. */
export const acyclicLineage: fc.Arbitrary<LineageEdge[]> = fc
  .array(fc.tuple(fc.nat(45), fc.nat(45)), { maxLength: 80 })
  .map(all =>
    all
      .filter(([a, b]) => a !== b)
      .map(([a, b]) => ({
        producer: `t${Math.min(a, b)}`,
        reader: `t${Math.max(a, b)}`,
      })),
  );
