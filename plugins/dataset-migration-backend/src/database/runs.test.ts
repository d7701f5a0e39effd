import { Knex } from 'knex';
import { eachDatabase } from '../testing/eachDatabase';
import { aMigration, aPlan, aTarget } from '../testing/records';
import { createStores } from './createStores';
import { failedResult } from './failedResult';
import { Stores } from './stores';

interface Bench {
  knex: Knex;
  stores: Stores;
  clock: { now: number };
}

eachDatabase((_, database) => {
  async function bench(targets = 1): Promise<Bench> {
    const knex = await database.create();
    const clock = { now: 10_000 };
    const stores = createStores(knex, () => clock.now);
    await stores.migrations.create(aMigration(), aPlan());
    await stores.targets.insertDiscovered(
      Array.from({ length: targets }, (_each, index) =>
        aTarget({ id: `target-${index + 1}` }),
      ),
    );
    return { knex, stores, clock };
  }

  function enqueue(stores: Stores, id: string, targetId = 'target-1') {
    return stores.runs.enqueue({
      id,
      targetId,
      migrationId: 'migration-1',
      kind: 'simulate',
      maxAttempts: 2,
    });
  }

  it('never leases a run twice, with many asking at once', async () => {
    const { stores } = await bench(60);
    for (let index = 1; index <= 60; index += 1) {
      await enqueue(stores, `run-${index}`, `target-${index}`);
    }
    const leased: string[] = [];
    for (let round = 0; round < 4; round += 1) {
      const batches = await Promise.all(
        Array.from({ length: 8 }, () =>
          stores.runs.lease({ limit: 5, leaseMs: 1_000 }),
        ),
      );
      leased.push(...batches.flat().map(run => run.id));
    }
    expect(leased).toHaveLength(60);
    expect(new Set(leased).size).toBe(60);
    expect(await stores.runs.countActive('migration-1')).toBe(60);
  });

  it('leaves what would write in the queue where the budget of its identity is used up', async () => {
    const { stores } = await bench(0);
    const add = async (
      id: string,
      kind: 'publish' | 'simulate',
      name: string,
    ) => {
      const [target] = await stores.targets.insertDiscovered([
        aTarget({
          id: `of-${id}`,
          repository: `github.test/${name}`,
          consumer: id,
        }),
      ]);
      await stores.runs.enqueue({
        id,
        targetId: target.id,
        migrationId: 'migration-1',
        kind,
        maxAttempts: 1,
      });
    };
    await add('held', 'publish', 'My_Org/a');
    await add('reads', 'simulate', 'My_Org/a');
    await add('other', 'publish', 'myxorg/a');
    await add('longer', 'publish', 'my_org2/a');
    const leased = await stores.runs.lease({
      limit: 9,
      leaseMs: 1_000,
      heldIdentities: ['github.test/my_org'],
    });
    expect(leased.map(run => run.id).sort()).toEqual([
      'longer',
      'other',
      'reads',
    ]);
    const rest = await stores.runs.lease({ limit: 9, leaseMs: 1_000 });
    expect(rest.map(run => run.id)).toEqual(['held']);
  });

  it('leases one run of a target at a time and counts its token up', async () => {
    const { stores } = await bench();
    await enqueue(stores, 'run-1');
    await enqueue(stores, 'run-2');
    const batches = await Promise.all([
      stores.runs.lease({ limit: 10, leaseMs: 1_000 }),
      stores.runs.lease({ limit: 10, leaseMs: 1_000 }),
    ]);
    const [first] = batches.flat();
    expect(batches.flat()).toHaveLength(1);
    expect(first).toMatchObject({ state: 'leased', attempt: 1, token: 1 });
    expect(await stores.runs.finish(first, { state: 'succeeded' })).toBe(true);
    const [second] = await stores.runs.lease({ limit: 10, leaseMs: 1_000 });
    expect(second.id).not.toBe(first.id);
    expect(second.token).toBe(2);
  });

  it('leaves runs alone whose time has not come', async () => {
    const { stores, clock } = await bench();
    await stores.runs.enqueue({
      id: 'run-1',
      targetId: 'target-1',
      migrationId: 'migration-1',
      kind: 'rescan',
      maxAttempts: 1,
      availableAt: 20_000,
    });
    expect(await stores.runs.lease({ limit: 1, leaseMs: 1 })).toEqual([]);
    clock.now = 20_000;
    expect(await stores.runs.lease({ limit: 1, leaseMs: 1 })).toHaveLength(1);
  });

  it('lets the first task attach and refuses the next', async () => {
    const { stores } = await bench();
    await enqueue(stores, 'run-1');
    const [run] = await stores.runs.lease({ limit: 1, leaseMs: 1_000 });
    const attached = await Promise.all([
      stores.runs.attach(run, 'task-a'),
      stores.runs.attach(run, 'task-b'),
    ]);
    expect(attached.filter(Boolean)).toHaveLength(1);
    expect((await stores.runs.get('run-1')).taskId).toBe(
      attached[0] ? 'task-a' : 'task-b',
    );
  });

  it('changes nothing for a stale token or attempt', async () => {
    const { stores } = await bench();
    await enqueue(stores, 'run-1');
    const [run] = await stores.runs.lease({ limit: 1, leaseMs: 1_000 });
    await stores.runs.requeue(run, 10_000);
    const [again] = await stores.runs.lease({ limit: 1, leaseMs: 1_000 });
    expect(again).toMatchObject({ attempt: 2, token: 2 });
    const before = await stores.runs.get('run-1');
    for (const stale of [
      run,
      { ...again, token: 1 },
      { ...again, attempt: 1 },
    ]) {
      expect(await stores.runs.attach(stale, 'task-x')).toBe(false);
      expect(await stores.runs.start(stale, { fleetRef: 'x' })).toBe(false);
      expect(await stores.runs.heartbeat(stale, 9_999, 'x')).toBe(false);
      expect(await stores.runs.requeue(stale, 1)).toBe(false);
      expect(await stores.runs.finish(stale, { state: 'failed' })).toBe(false);
    }
    expect(await stores.runs.get('run-1')).toEqual(before);
  });

  it('requeues a run whose lease ran out, then fails it and keeps the outcome', async () => {
    const { stores, clock } = await bench();
    await enqueue(stores, 'run-1');
    const [first] = await stores.runs.lease({ limit: 1, leaseMs: 1_000 });
    await stores.runs.attach(first, 'task-1');
    await stores.runs.start(first, { fleetRef: 'local:1' });
    clock.now += 500;
    expect(await stores.runs.heartbeat(first, 1_000)).toBe(true);
    clock.now += 800;
    expect((await stores.runs.expireLeases()).lost).toEqual([]);
    clock.now += 300;
    const expired = await stores.runs.expireLeases();
    expect(expired).toMatchObject({ requeued: 1, failed: [] });
    expect(expired.lost[0].fleetRef).toBe('local:1');
    const [second] = await stores.runs.lease({ limit: 1, leaseMs: 1_000 });
    expect(second).toMatchObject({ attempt: 2, token: 2 });
    expect(second.fleetRef).toBeUndefined();
    await stores.runs.attach(second, 'task-2');
    clock.now += 2_000;
    const { failed } = await stores.runs.expireLeases();
    expect(failed.map(run => run.id)).toEqual(['run-1']);
    const [pending] = await stores.runs.listPendingOutcomes(clock.now, 10);
    expect(pending.run.state).toBe('failed');
    expect(pending.result.failure?.signature).toBe('LEASE_EXPIRED');
    await stores.runs.settleOutcome('run-1');
    expect(await stores.runs.listPendingOutcomes(clock.now, 10)).toEqual([]);
  });

  it('does not count an attempt that no task took', async () => {
    const { stores, clock } = await bench();
    await enqueue(stores, 'run-1');
    for (let attempt = 1; attempt <= 4; attempt += 1) {
      const [run] = await stores.runs.lease({ limit: 1, leaseMs: 1_000 });
      expect(run.attempt).toBe(attempt);
      clock.now += 1_001;
      expect(await stores.runs.expireLeases()).toMatchObject({
        requeued: 1,
        failed: [],
      });
      expect(await stores.runs.lease({ limit: 1, leaseMs: 1_000 })).toEqual([]);
      clock.now += 60_000;
    }
    expect(await stores.runs.get('run-1')).toMatchObject({
      state: 'queued',
      failure: { signature: 'TASK_NOT_STARTED' },
    });
  });

  it('gives an extra attempt where the attempt was not the fault of the run', async () => {
    const { stores } = await bench();
    await enqueue(stores, 'run-1');
    const [run] = await stores.runs.lease({ limit: 1, leaseMs: 1_000 });
    const failure = { signature: 'X', message: 'x', retryable: true };
    await stores.runs.requeue(run, 10_000, failure, { extraAttempt: true });
    expect(await stores.runs.get('run-1')).toMatchObject({
      state: 'queued',
      attempt: 2,
      maxAttempts: 3,
      failure,
    });
  });

  it('knows the credentials of earlier attempts', async () => {
    const { stores } = await bench();
    await enqueue(stores, 'run-1');
    const [first] = await stores.runs.lease({ limit: 1, leaseMs: 1_000 });
    await stores.runs.start(first, {
      credentialHash: 'hash-1',
      credentialExpiresAt: 99_000,
    });
    await stores.runs.requeue(first, 10_000);
    await stores.runs.lease({ limit: 1, leaseMs: 1_000 });
    expect(await stores.runs.findCredential('run-1', 'hash-1')).toEqual({
      attempt: 1,
      expiresAt: 99_000,
    });
    expect(await stores.runs.findCredential('run-1', 'other')).toBeUndefined();
    expect((await stores.runs.get('run-1')).credentialHash).toBeUndefined();
  });

  it('cancels what has not ended', async () => {
    const { stores } = await bench();
    await enqueue(stores, 'run-1');
    await enqueue(stores, 'run-2');
    const [run] = await stores.runs.lease({ limit: 1, leaseMs: 1_000 });
    const cancelled = await stores.runs.cancelForTarget('target-1');
    expect(cancelled.map(each => each.id).sort()).toEqual(['run-1', 'run-2']);
    expect(
      await stores.runs.finish(run, {
        state: 'succeeded',
        result: failedResult({
          signature: 'X',
          message: 'x',
          retryable: false,
        }),
      }),
    ).toBe(false);
    expect(await stores.runs.cancelForTarget('target-1')).toEqual([]);
  });

  it('remembers a report once', async () => {
    const { stores } = await bench();
    await enqueue(stores, 'run-1');
    const seen = await Promise.all([
      stores.runs.rememberReport('run-1', 'report-1'),
      stores.runs.rememberReport('run-1', 'report-1'),
    ]);
    expect(seen.filter(Boolean)).toHaveLength(1);
    expect(await stores.runs.rememberReport('run-1', 'report-2')).toBe(true);
  });

  it('numbers log lines over reports that arrive together, and bounds them', async () => {
    const { stores } = await bench();
    await enqueue(stores, 'run-1');
    await Promise.all(
      ['a', 'b', 'c'].map(name =>
        stores.runs.appendLog('run-1', 1, [`${name}1`, `${name}\0`]),
      ),
    );
    const lines = await stores.runs.readLog('run-1', 0, 100);
    expect(lines.map(line => line.sequence)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(await stores.runs.readLog('run-1', 4, 1)).toHaveLength(1);

    const block = Array.from({ length: 10_000 }, () => 'x');
    for (let round = 0; round < 3; round += 1) {
      await stores.runs.appendLog('run-1', 1, block);
    }
    const last = await stores.runs.readLog('run-1', 20_000, 100);
    expect(last.at(-1)?.line).toContain('full');
    await stores.runs.appendLog('run-1', 1, ['more']);
    expect(
      await stores.runs.readLog('run-1', last.at(-1)!.sequence, 9),
    ).toEqual([]);
  });
});
