import { LineageEdge } from 'backstage-plugin-dataset-migration-common';
import { LineageRecord, TargetRecord } from '../database/records';

/** Edges between entities as edges between targets; what is no target keeps its reference. */
export function byTarget(
  edges: LineageRecord[],
  targets: Array<Pick<TargetRecord, 'id' | 'consumer'>>,
): LineageEdge[] {
  const ids = new Map(
    targets.map(({ id, consumer }) => [
      consumer?.toLocaleLowerCase('en-US'),
      id,
    ]),
  );
  const nodeOf = (ref: string) => ids.get(ref) ?? ref;
  return edges.map(({ producer, reader }) => ({
    producer: nodeOf(producer),
    reader: nodeOf(reader),
  }));
}
