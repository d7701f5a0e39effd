import { setTimeout as sleep } from 'node:timers/promises';
import {
  CATALOG_FILTER_EXISTS,
  CatalogClient,
} from '@backstage/catalog-client';
import { expectedRefs, HUB } from './catalogEntities';

const POLL_MS = 2_000;
const LONGEST_WAIT_MS = 30 * 60_000;

/** Waits until the catalog knows every relation, from both of its sides. */
export async function waitUntilStitched(
  client: CatalogClient,
  options: { consumers: number; signal: AbortSignal },
): Promise<void> {
  const { consumers, signal } = options;
  const components = expectedRefs(consumers, 2).length;
  const until = Date.now() + LONGEST_WAIT_MS;
  let shown = -1;
  while (Date.now() < until) {
    const stitched = await countStitched(client);
    if (stitched !== shown) {
      console.log(`  ${stitched} of ${components} components stitched`);
      shown = stitched;
    }
    if (
      stitched === components &&
      (await countRelationsOfHub(client)) === consumers
    ) {
      return;
    }
    await sleep(POLL_MS, undefined, { signal });
  }
  throw new Error('The catalog did not get through its entities.');
}

/** Components whose relations can be asked for. */
async function countStitched(client: CatalogClient): Promise<number> {
  const { facets } = await client.getEntityFacets({
    filter: [
      { 'relations.dependsOn': CATALOG_FILTER_EXISTS, kind: 'component' },
    ],
    facets: ['kind'],
  });
  return facets.kind?.[0]?.count ?? 0;
}

async function countRelationsOfHub(client: CatalogClient): Promise<number> {
  const hub = await client.getEntityByRef(HUB);
  return (hub?.relations ?? []).filter(each => each.type === 'dependencyOf')
    .length;
}
