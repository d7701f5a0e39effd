import path from 'node:path';
import { knex } from 'knex';
import { startForge } from 'demo-fleet';
import { migrationsDirectory } from '../plugins/dataset-migration-backend/src/database/migrateDatabase';
import { startPostgres } from '../plugins/dataset-migration-backend/src/testing/startPostgres';
import { useOwnTemporaryDirectory } from './lib/useOwnTemporaryDirectory';
import { checkNight } from './night/checkNight';
import { fillQueue } from './night/fillQueue';
import { NightClock } from './night/NightClock';
import { seedConsumers } from './night/seedConsumers';
import { startReplica } from './night/startReplica';

const HOUR = 3_600_000;
const PER_HOUR = 500;
const SPACING = 1_000;
const TOKEN = 'bench-token-1234';

/**
 * A night in which thousands of approved changes become pull requests, within the limits that
 * GitHub documents. See the README of this folder.
 */
export async function run(options: { quick: boolean }): Promise<object> {
  const count = options.quick ? 600 : 4_000;
  const undo: Array<() => Promise<unknown>> = [];
  try {
    const directory = await useOwnTemporaryDirectory();
    undo.push(directory.remove);
    const postgres = await startPostgres();
    undo.push(postgres.stop);
    const database = knex({
      client: 'pg',
      connection: { ...postgres.connection, database: 'postgres' },
      pool: { min: 0, max: 20 },
    });
    undo.push(() => database.destroy());
    await database.migrate.latest({ directory: migrationsDirectory() });

    const clock = new NightClock({ working: 3, waiting: 500 });
    const logFile = path.join(directory.path, 'forge.jsonl');
    const forge = await startForge({
      rootDir: path.join(directory.path, 'forge'),
      users: [{ login: 'migration-bot', token: TOKEN }],
      logFile,
      now: clock.now,
    });
    let isOpen = true;
    const closeForge = async () => {
      if (isOpen) await forge.close();
      isOpen = false;
    };
    undo.push(closeForge);

    console.log(`Making ${count} repositories`);
    const change = await seedConsumers(forge, count);
    const replicas = ['a', 'b'].map(name =>
      startReplica({
        knex: database,
        forge,
        clock,
        token: TOKEN,
        workDirectory: path.join(directory.path, name),
      }),
    );
    undo.push(() => Promise.all(replicas.map(each => each.stop())));
    const { stores } = replicas[0];
    console.log('Approving their changes');
    await fillQueue({
      ...replicas[0],
      host: forge.host,
      count,
      change,
      now: clock.now,
    });

    console.log('The night begins');
    const from = clock.now();
    const realFrom = performance.now();
    const running = replicas.map(each => each.run());
    const end = await untilPublished(count, stores, clock);
    const realSeconds = Math.round((performance.now() - realFrom) / 1000);
    await Promise.all(replicas.map(each => each.stop()));
    await Promise.all(running);
    const hours = (end - from) / HOUR;
    console.log(`${hours.toFixed(2)} hours, in ${realSeconds} s`);
    await closeForge();

    const checked = await checkNight(forge, logFile, count);
    const possible = shortestNight(count);
    return {
      bench: 'night',
      ...checked,
      hours: Number(hours.toFixed(2)),
      rateOfPossible: Number((possible / (end - from)).toFixed(3)),
    };
  } finally {
    for (const each of undo.reverse()) await each();
  }
}

/** One content-creating request each: 500 in every hour, the last ones a second apart. */
function shortestNight(count: number): number {
  const last = count - 1;
  return Math.floor(last / PER_HOUR) * HOUR + (last % PER_HOUR) * SPACING;
}

type Replica = ReturnType<typeof startReplica>;

/** Returns the time at which the last one was known to be open. */
async function untilPublished(
  count: number,
  stores: Replica['stores'],
  clock: NightClock,
): Promise<number> {
  let told = -1;
  for (;;) {
    const counts = await stores.targets.count('migration-1');
    const of = (state: string) =>
      counts
        .filter(each => each.state === state)
        .reduce((sum, each) => sum + each.count, 0);
    const open = of('open');
    const ended = of('ended');
    if (ended > 0)
      throw new Error(`${ended} targets ended: ${JSON.stringify(counts)}`);
    if (open >= count) {
      let last = 0;
      for await (const batch of stores.targets.iterate({ state: ['open'] })) {
        last = Math.max(last, ...batch.map(each => each.updatedAt));
      }
      return last;
    }
    const hundred = Math.floor(open / 250);
    if (hundred > told) console.log(`  ${open} of ${count}`);
    told = hundred;
    await clock.sleep(20_000);
  }
}
