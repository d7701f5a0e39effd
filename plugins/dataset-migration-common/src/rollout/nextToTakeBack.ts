import { LeastFirst } from './LeastFirst';
import { OrderOptions, orderTargets } from './orderTargets';
import { RolloutTarget } from './RolloutTarget';

/** A target that goes back, and how far it is. */
export interface ReturningTarget extends RolloutTarget {
  /** `back` once our part is done: closed, reversed, or its reverse change proposed. */
  progress: 'to-do' | 'under-way' | 'back';
}

export interface TakeBackOptions extends Omit<OrderOptions, 'targets'> {
  /** All that go back; others carry the order as nodes of the lineage do. */
  targets: ReturningTarget[];
}

/**
 * Which targets may be taken back now, last rolled out first: those of which every reader
 * that goes back is back. In a cycle, which no order satisfies, the order of the rollout
 * decides, so that something may always go.
 */
export function nextToTakeBack(options: TakeBackOptions): string[] {
  const { ids } = orderTargets(options);
  const places = new Map(ids.map((id, place) => [id, place]));
  const placeOf = (id: string) => places.get(id) ?? -1;
  const producers = new Map<string, string[]>();
  for (const { producer, reader } of options.lineage ?? []) {
    const those = producers.get(reader) ?? [];
    those.push(producer);
    producers.set(reader, those);
  }
  // For each node the last reader of it, at any distance, that is not back.
  const lastReader = new Map<string, number>();
  const waiting = new LeastFirst<string>((a, b) => placeOf(b) - placeOf(a));
  for (const { id, progress } of options.targets) {
    if (progress !== 'back') {
      waiting.add(id);
    }
  }
  for (let start = waiting.take(); start; start = waiting.take()) {
    const path = [start];
    for (let id = path.pop(); id !== undefined; id = path.pop()) {
      for (const producer of producers.get(id) ?? []) {
        if (!lastReader.has(producer)) {
          lastReader.set(producer, placeOf(start));
          path.push(producer);
        }
      }
    }
  }
  return options.targets
    .filter(each => each.progress === 'to-do')
    .map(each => each.id)
    .filter(id => (lastReader.get(id) ?? -1) <= placeOf(id))
    .sort((a, b) => placeOf(b) - placeOf(a));
}
