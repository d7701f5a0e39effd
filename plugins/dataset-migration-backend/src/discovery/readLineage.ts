import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { LineageRecord } from '../database/records';
import { CatalogReader } from './CatalogReader';
import { WalkedRelation } from './relations';

const CHUNK = 50;
/** What lies between two consumers: a dataset, an API, a job that is no target. */
const MOST_BETWEEN = 5_000;
const LONGEST_WAY = 3;
const FIELDS = ['kind', 'metadata.name', 'metadata.namespace', 'relations'];

export interface LineageOptions {
  /** Entity references of the consumers. */
  refs: string[];
  /** As they are walked from a dataset to its readers. */
  relations: WalkedRelation[];
  /** References that say nothing about order: every consumer reads the dataset. */
  without: string[];
  signal: AbortSignal;
}

/**
 * Who reads whose output, as the catalog knows it. Relations are read on the reader's side,
 * so that no hub has to tell all its readers; what lies between consumers is followed for a
 * few steps. Entities go by as chunks, none is kept.
 */
export async function readLineage(
  catalog: CatalogReader,
  options: LineageOptions,
): Promise<LineageRecord[]> {
  const reads = new Set(options.relations.map(each => each.onConsumer));
  const without = new Set(options.without.map(lowerCase));
  const seen = new Set(options.refs.map(lowerCase));
  const edges = new Map<string, LineageRecord>();
  let frontier = [...seen];
  for (let step = 0; step <= LONGEST_WAY && frontier.length; step += 1) {
    const between: string[] = [];
    for (let at = 0; at < frontier.length; at += CHUNK) {
      options.signal.throwIfAborted();
      const { items } = await catalog.getEntitiesByRefs({
        entityRefs: frontier.slice(at, at + CHUNK),
        fields: FIELDS,
      });
      for (const edge of items.flatMap(each => edgesOf(each, reads))) {
        if (without.has(edge.producer) || without.has(edge.reader)) continue;
        edges.set(`${edge.producer} ${edge.reader}`, edge);
        if (!seen.has(edge.producer) && between.length < MOST_BETWEEN) {
          seen.add(edge.producer);
          between.push(edge.producer);
        }
      }
    }
    frontier = between;
  }
  return [...edges.values()];
}

function edgesOf(
  entity: Entity | undefined,
  reads: Set<string>,
): LineageRecord[] {
  if (!entity) return [];
  const self = stringifyEntityRef(entity);
  return (entity.relations ?? []).flatMap(({ type, targetRef }) => {
    const other = lowerCase(targetRef);
    if (reads.has(type)) return [{ producer: other, reader: self }];
    // An API does not depend on who provides it, but its readers do.
    if (type === 'apiProvidedBy') return [{ producer: other, reader: self }];
    return [];
  });
}

function lowerCase(ref: string): string {
  return ref.toLocaleLowerCase('en-US');
}
