import { RunKind } from 'backstage-plugin-dataset-migration-common';
import { MigrationRecord, TargetRecord } from '../database/records';
import { aMigration, aPlan, aTarget } from '../testing/records';
import { sqliteStores } from '../testing/sqliteStores';
import { neededRun, RunPlanner } from './RunPlanner';

const revert = {
  number: 2,
  url: 'https://forge.example/pull/2',
  state: 'open' as const,
  headCommit: 'a'.repeat(40),
  branch: 'revert',
};

describe('neededRun', () => {
  it.each<[Partial<TargetRecord>, string, RunKind | undefined]>([
    [{ state: 'simulating' }, 'active', 'simulate'],
    [{ state: 'simulating' }, 'paused', undefined],
    [{ state: 'approved', blocked: 'wave' }, 'active', undefined],
    [{ state: 'approved', blocked: 'verification' }, 'active', 'verify'],
    [{ state: 'approved', blocked: 'verification' }, 'paused', undefined],
    [{ state: 'publishing' }, 'active', 'publish'],
    [{ state: 'publishing' }, 'paused', undefined],
    [{ state: 'publishing' }, 'rolling-back', 'publish'],
    [{ state: 'merged' }, 'active', 'rescan'],
    [{ state: 'merged' }, 'rolling-back', undefined],
    [{ state: 'reverting' }, 'rolling-back', 'rollback'],
    [{ state: 'reverting' }, 'ended', 'rollback'],
    [{ state: 'reverting', revert }, 'rolling-back', undefined],
    [{ state: 'pending' }, 'active', undefined],
    [{ state: 'open' }, 'active', undefined],
    [{ state: 'ended' }, 'active', undefined],
  ])('of %j in a migration that is %s is %s', (target, migration, kind) => {
    expect(neededRun(aTarget(target), migration)).toBe(kind);
  });
});

describe('RunPlanner', () => {
  const database = sqliteStores();
  const signal = new AbortController().signal;

  async function bench(
    target: Partial<TargetRecord> = {},
    migration: Partial<MigrationRecord> = {},
  ) {
    const clock = { now: 100_000 };
    const stores = await database.create(() => clock.now);
    await stores.migrations.create(aMigration(migration), aPlan());
    await stores.targets.insertDiscovered([
      aTarget({ state: 'simulating', ...target }),
    ]);
    const planner = new RunPlanner(stores);
    const runs = () => stores.runs.listForTarget('target-1');
    return { clock, stores, planner, runs };
  }

  it('plans one run, however often it is asked', async () => {
    const { planner, runs } = await bench();
    for (let times = 0; times < 3; times += 1) await planner.ensureAll(signal);
    expect((await runs()).map(each => [each.kind, each.state])).toEqual([
      ['simulate', 'queued'],
    ]);
  });

  it('plans one run although two replicas look at once', async () => {
    const { planner, runs } = await bench();
    await Promise.allSettled([
      planner.ensureAll(signal),
      planner.ensureAll(signal),
    ]);
    expect(await runs()).toHaveLength(1);
  });

  it('finds approved targets that wait for their verification', async () => {
    const { planner, runs } = await bench({
      state: 'approved',
      blocked: 'verification',
    });
    await planner.ensureAll(signal);
    expect((await runs()).map(each => each.kind)).toEqual(['verify']);
  });

  it('plans no second run for a target that it read before the first one ended', async () => {
    const { clock, stores, planner, runs } = await bench();
    const stale = await stores.targets.get('target-1');
    const migration = await stores.migrations.get('migration-1');
    await planner.ensureRun(stale, migration);
    clock.now = Date.now() + 1_000;
    const [leased] = await stores.runs.lease({ limit: 1, leaseMs: 1_000 });
    const result = {
      apiVersion: 'dataset-migration/v1alpha1' as const,
      kind: 'RunResult' as const,
      outcome: 'changed' as const,
      uses: [],
      findings: [],
      evidence: [],
    };
    await stores.runs.finish(leased, { state: 'succeeded', result });
    // The target did not take it in yet …
    await planner.ensureRun(stale, migration);
    expect(await runs()).toHaveLength(1);
    // … and then it did.
    await stores.targets.update(stale, { state: 'simulated' });
    await stores.runs.settleOutcome(leased.id);
    await planner.ensureRun(stale, migration);
    await planner.ensureAll(signal);
    expect(await runs()).toHaveLength(1);
    // Simulated again by a person, it needs another one.
    const now = await stores.targets.get('target-1');
    await stores.targets.update(now, { state: 'simulating' });
    await planner.ensureAll(signal);
    expect(await runs()).toHaveLength(2);
  });

  it('plans nothing for what needs nothing', async () => {
    const { planner, runs } = await bench({}, { state: 'paused' });
    await planner.ensureAll(signal);
    expect(await runs()).toEqual([]);
  });

  it('waits before it tries a failed run again', async () => {
    const { clock, stores, planner, runs } = await bench({ state: 'merged' });
    await planner.ensureAll(signal);
    clock.now = Date.now() + 1_000;
    const [leased] = await stores.runs.lease({ limit: 1, leaseMs: 1_000 });
    await stores.runs.finish(leased, { state: 'failed' });
    await planner.ensureAll(signal);
    const again = (await runs()).find(each => each.state === 'queued');
    expect(again?.availableAt).toBe(clock.now + 5 * 60_000);
    clock.now += 10_000;
    expect(await stores.runs.lease({ limit: 1, leaseMs: 1_000 })).toEqual([]);
  });
});
