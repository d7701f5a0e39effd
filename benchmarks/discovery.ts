import os from 'node:os';
import { knex } from 'knex';
import {
  StartedPostgres,
  startPostgres,
} from '../plugins/dataset-migration-backend/src/testing/startPostgres';
import { CatalogAddress, createCatalogClient } from './lib/createCatalogClient';
import { forkScript } from './lib/forkScript';
import type { ReaderInput, ReaderMeasurement } from './lib/measureReader';
import { startCatalog } from './lib/startCatalog';
import { useOwnTemporaryDirectory } from './lib/useOwnTemporaryDirectory';
import { waitUntilStitched } from './lib/waitUntilStitched';

const FULL = 12_000;
const QUICK = 2_000;
/** Both ways take turns; the one in the middle counts. */
const ROUNDS = 3;

type Undo = () => Promise<void>;

/**
 * How long it takes, and how much memory, to find every consumer of a dataset that
 * thousands read, in a real catalog on PostgreSQL. See the README of this folder.
 */
export async function run(options: { quick: boolean }): Promise<object> {
  const consumers = options.quick ? QUICK : FULL;
  const interrupted = new AbortController();
  const interrupt = () => interrupted.abort(new Error('Interrupted'));
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  const started: Undo[] = [];
  try {
    const { signal } = interrupted;
    const catalog = await prepareCatalog(consumers, started, signal);
    return await measure(consumers, catalog, started, signal);
  } finally {
    for (const stop of started.reverse()) await stop();
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  }
}

async function prepareCatalog(
  consumers: number,
  started: Undo[],
  signal: AbortSignal,
): Promise<CatalogAddress> {
  console.log(`Machine: ${os.cpus().length} cores, Node ${process.version}`);
  started.push((await useOwnTemporaryDirectory()).remove);
  console.log('Starting PostgreSQL');
  const postgres = await startPostgres();
  started.push(postgres.stop);
  signal.throwIfAborted();
  console.log(`Starting a catalog, for ${consumers} consumers of one dataset`);
  const from = performance.now();
  const catalog = await startCatalog({
    database: postgres.connection,
    consumers,
  });
  started.push(catalog.stop);
  const client = createCatalogClient(catalog.address);
  await waitUntilStitched(client, { consumers, signal });
  await analyze(postgres);
  console.log(`  ready after ${secondsSince(from).toFixed(0)} s`);
  return catalog.address;
}

async function measure(
  consumers: number,
  catalog: CatalogAddress,
  started: Undo[],
  signal: AbortSignal,
): Promise<object> {
  const read = async (way: ReaderInput['way'], depth: 1 | 2) => {
    signal.throwIfAborted();
    const input: ReaderInput = { way, depth, consumers, catalog };
    const reader = forkScript<ReaderMeasurement>('measureReader.ts', input);
    started.push(reader.stop);
    const measurement = await reader.answer;
    console.log(describe(way, depth, measurement));
    return measurement;
  };
  const walks: ReaderMeasurement[] = [];
  const baselines: ReaderMeasurement[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    console.log(`Round ${round} of ${ROUNDS}`);
    walks.push(await read('walk', 1));
    baselines.push(await read('naive', 1));
  }
  console.log('Consumers of consumers too');
  await read('walk', 2);

  const seconds = median(walks.map(each => each.seconds));
  const baselineSeconds = median(baselines.map(each => each.seconds));
  const peakRssMb = Math.max(...walks.map(each => each.peakRssMb));
  const baselinePeak = Math.max(...baselines.map(each => each.peakRssMb));
  const ratio = baselineSeconds / seconds;
  console.log(
    `The baseline takes ${ratio.toFixed(2)} times as long and ${(
      baselinePeak / peakRssMb
    ).toFixed(2)} times the memory.`,
  );
  return {
    bench: 'discovery',
    consumers: walks[0].consumers,
    seconds: rounded(seconds),
    peakRssMb: rounded(peakRssMb),
    baselineSeconds: rounded(baselineSeconds),
    ratio: rounded(ratio),
    truncated: walks.some(each => each.truncated),
  };
}

/** What autovacuum does in an installation that has been there for a while. */
async function analyze(postgres: StartedPostgres): Promise<void> {
  const database = knex({
    client: 'pg',
    connection: {
      ...postgres.connection,
      database: 'backstage_plugin_catalog',
    },
  });
  try {
    await database.raw('ANALYZE');
  } finally {
    await database.destroy();
  }
}

function describe(
  way: ReaderInput['way'],
  depth: number,
  measurement: ReaderMeasurement,
): string {
  const { seconds, peakRssMb, idleRssMb } = measurement;
  const name = way === 'walk' ? `walk, depth ${depth}` : 'baseline';
  return `  ${name}: ${
    measurement.consumers
  } consumers, each once, in ${seconds.toFixed(
    2,
  )} s; peak memory ${peakRssMb.toFixed(0)} MB (${idleRssMb.toFixed(
    0,
  )} MB before it began)`;
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

function secondsSince(from: number): number {
  return (performance.now() - from) / 1000;
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
