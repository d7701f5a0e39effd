import { CatalogClient } from '@backstage/catalog-client';
import { stringifyEntityRef } from '@backstage/catalog-model';
import {
  resolveRelations,
  walkConsumers,
} from 'backstage-plugin-dataset-migration-backend';
import { expectedRefs, HUB } from './catalogEntities';
import { CatalogAddress, createCatalogClient } from './createCatalogClient';
import { receiveInput, sendAnswer } from './forkScript';

/** Which way to read the consumers, and from where. */
export interface ReaderInput {
  /** `walk` is what the product does, `naive` what it is compared with. */
  way: 'walk' | 'naive';
  depth: 1 | 2;
  /** Number of direct consumers there are. */
  consumers: number;
  catalog: CatalogAddress;
}

/** How one reading went. */
export interface ReaderMeasurement {
  consumers: number;
  seconds: number;
  /** Most memory the process ever had, its code included, in MB of 2^20 bytes. */
  peakRssMb: number;
  /** The same just before it began to read. */
  idleRssMb: number;
  truncated: boolean;
}

/** The limit that the product is delivered with. */
const MAX_CONSUMERS = 50_000;

async function main(): Promise<void> {
  const input = await receiveInput<ReaderInput>();
  const client = createCatalogClient(input.catalog);
  const idleRssMb = peakRss();
  const from = performance.now();
  const read =
    input.way === 'walk'
      ? await walk(client, input.depth)
      : await readNaively(client);
  const seconds = (performance.now() - from) / 1000;
  const peakRssMb = peakRss();
  assertFoundOnce(read.refs, expectedRefs(input.consumers, input.depth));
  const measurement: ReaderMeasurement = {
    consumers: read.refs.length,
    seconds,
    peakRssMb,
    idleRssMb,
    truncated: read.truncated,
  };
  await sendAnswer(measurement);
}

/** As the product discovers consumers. */
async function walk(client: CatalogClient, depth: number) {
  const refs: string[] = [];
  const steps = walkConsumers(client, {
    dataset: HUB,
    relations: resolveRelations(['dependsOn'], []),
    depth,
    maxConsumers: MAX_CONSUMERS,
  });
  for (;;) {
    const step = await steps.next();
    if (step.done) return { refs, truncated: step.value.truncated };
    for (const consumer of step.value) refs.push(consumer.ref);
  }
}

/** As one would without thinking of hubs: the dataset's relations, then whole entities. */
async function readNaively(client: CatalogClient) {
  const hub = await client.getEntityByRef(HUB);
  const entityRefs = (hub?.relations ?? [])
    .filter(relation => relation.type === 'dependencyOf')
    .map(relation => relation.targetRef);
  const { items } = await client.getEntitiesByRefs({ entityRefs });
  const refs = items.flatMap(item => (item ? [stringifyEntityRef(item)] : []));
  return { refs, truncated: false };
}

function assertFoundOnce(found: string[], expected: string[]): void {
  const unique = new Set(found);
  const missing = expected.filter(ref => !unique.has(ref));
  if (
    missing.length ||
    unique.size !== found.length ||
    found.length !== expected.length
  ) {
    throw new Error(
      `Found ${found.length} consumers, ${unique.size} different ones, of ${expected.length}; ${missing.length} are missing.`,
    );
  }
}

/** The system gives it in kilobytes. */
function peakRss(): number {
  return process.resourceUsage().maxRSS / 1024;
}

main().then(
  () => process.exit(0),
  error => {
    console.error(error);
    process.exit(1);
  },
);
