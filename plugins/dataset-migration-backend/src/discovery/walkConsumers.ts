import {
  Entity,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { CatalogReader } from './CatalogReader';
import { WalkedRelation } from './relations';

/** Most characters of references in one predicate query: the catalog's JSON limit is 100 kB. */
const LONGEST_QUERY = 60_000;
const PAGE_SIZE = 500;
/** The catalog's search index stores longer values as null: they cannot be asked for. */
const LONGEST_INDEXED_REFERENCE = 200;

/** What discovery looks at: never all relations, which may be megabytes. */
export const CONSUMER_FIELDS = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.title',
  'metadata.annotations',
  'spec.type',
  'spec.owner',
  'spec.system',
];

export interface WalkOptions {
  /** Entity reference of the dataset. */
  dataset: string;
  relations: WalkedRelation[];
  /** 1 for direct consumers only. */
  depth: number;
  /** Stops, and says so, after this many consumers. */
  maxConsumers: number;
  /** Filter predicates of consumers to leave out. */
  exclude?: object[];
  /** Entity references to leave out, such as the new version of the dataset. */
  excludeRefs?: string[];
  signal?: AbortSignal;
}

export interface WalkedConsumer {
  ref: string;
  entity: Entity;
  /** Distance from the dataset. */
  depth: number;
}

/**
 * Walks the catalog from a dataset to those who read it, breadth first, in pages: who
 * points at these references? The dataset's own `relations` are never read, because those
 * of a hub grow to megabytes; the exception is a reference too long for the catalog's
 * index. Returns whether the walk was cut short.
 */
export async function* walkConsumers(
  catalog: CatalogReader,
  options: WalkOptions,
): AsyncGenerator<WalkedConsumer[], { truncated: boolean }> {
  const visited = new Set(
    [options.dataset, ...(options.excludeRefs ?? [])].map(ref =>
      ref.toLocaleLowerCase('en-US'),
    ),
  );
  let frontier = [options.dataset];
  let found = 0;
  for (let depth = 1; depth <= options.depth && frontier.length; depth += 1) {
    const next: string[] = [];
    for await (const entities of pagesPointingAt(catalog, frontier, options)) {
      const batch: WalkedConsumer[] = [];
      for (const entity of entities) {
        const ref = stringifyEntityRef(entity);
        if (visited.has(ref)) continue;
        if (found >= options.maxConsumers) {
          if (batch.length) yield batch;
          return { truncated: true };
        }
        visited.add(ref);
        found += 1;
        next.push(ref);
        batch.push({ ref, entity, depth });
      }
      if (batch.length) yield batch;
    }
    frontier = next;
  }
  return { truncated: false };
}

async function* pagesPointingAt(
  catalog: CatalogReader,
  refs: string[],
  options: WalkOptions,
): AsyncGenerator<Entity[]> {
  const askable = refs.filter(ref => ref.length <= LONGEST_INDEXED_REFERENCE);
  const tooLong = refs.filter(ref => ref.length > LONGEST_INDEXED_REFERENCE);
  for (const chunk of chunksOf(askable, options.relations.length)) {
    yield* pagesOfQuery(catalog, relationQuery(chunk, options), options);
  }
  for (const ref of tooLong) {
    yield* pagesByOwnRelations(catalog, ref, options);
  }
}

/** A query names each reference once for every relation. */
function* chunksOf(refs: string[], times: number): Generator<string[]> {
  let chunk: string[] = [];
  let length = 0;
  for (const ref of refs) {
    const added = (ref.length + 3) * times;
    if (chunk.length && length + added > LONGEST_QUERY) {
      yield chunk;
      chunk = [];
      length = 0;
    }
    chunk.push(ref);
    length += added;
  }
  if (chunk.length) yield chunk;
}

function relationQuery(refs: string[], options: WalkOptions): object {
  const targetRef = refs.length === 1 ? refs[0] : { $in: refs };
  const pointing = options.relations.map(relation => ({
    relations: { $contains: { type: relation.onConsumer, targetRef } },
  }));
  const any = pointing.length === 1 ? pointing[0] : { $any: pointing };
  const exclude = options.exclude ?? [];
  return exclude.length
    ? { $all: [any, ...exclude.map(each => ({ $not: each }))] }
    : any;
}

async function* pagesOfQuery(
  catalog: CatalogReader,
  query: object,
  options: WalkOptions,
): AsyncGenerator<Entity[]> {
  let cursor: string | undefined;
  do {
    options.signal?.throwIfAborted();
    const page = await catalog.queryEntities(
      cursor
        ? { cursor, limit: PAGE_SIZE, fields: CONSUMER_FIELDS }
        : {
            query: query as never,
            limit: PAGE_SIZE,
            fields: CONSUMER_FIELDS,
            totalItems: 'exclude',
          },
    );
    yield page.items;
    cursor = page.pageInfo.nextCursor;
  } while (cursor);
}

/** The other way: reads the relations of the one entity whose reference cannot be asked for. */
async function* pagesByOwnRelations(
  catalog: CatalogReader,
  ref: string,
  options: WalkOptions,
): AsyncGenerator<Entity[]> {
  const types = new Set(options.relations.map(relation => relation.onDataset));
  const [entity] = (
    await catalog.getEntitiesByRefs({
      entityRefs: [ref],
      fields: ['relations'],
    })
  ).items;
  const refs = (entity?.relations ?? [])
    .filter(relation => types.has(relation.type))
    .map(relation => relation.targetRef);
  for (let at = 0; at < refs.length; at += PAGE_SIZE) {
    options.signal?.throwIfAborted();
    const { items } = await catalog.getEntitiesByRefs({
      entityRefs: refs.slice(at, at + PAGE_SIZE),
      fields: CONSUMER_FIELDS,
      ...(options.exclude?.length && {
        query: { $all: options.exclude.map(each => ({ $not: each })) } as never,
      }),
    });
    yield items.filter((item): item is Entity => item !== undefined);
  }
}

/** Full, lower-case reference, as relations of the catalog spell it. */
export function normaliseDatasetRef(ref: string): string {
  return stringifyEntityRef(parseEntityRef(ref, { defaultKind: 'resource' }));
}
