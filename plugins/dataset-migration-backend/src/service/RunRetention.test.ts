import { mockServices } from '@backstage/backend-test-utils';
import { RunResult } from 'backstage-plugin-dataset-migration-common';
import { createStores } from '../database/createStores';
import { RunRecord, TargetRecord } from '../database/records';
import { eachDatabase } from '../testing/eachDatabase';
import { aMigration, aPlan, aTarget } from '../testing/records';
import { RunPlanner } from './RunPlanner';
import { RunRetention } from './RunRetention';

const DAY = 24 * 3_600_000;
const result: RunResult = {
  apiVersion: 'dataset-migration/v1alpha1',
  kind: 'RunResult',
  outcome: 'changed',
  uses: [],
  findings: [],
  evidence: [],
};

eachDatabase((_, database) => {
  const { signal } = new AbortController();

  async function bench() {
    const knex = await database.create();
    const clock = { now: Date.now() };
    const stores = createStores(knex, () => clock.now);
    await stores.migrations.create(aMigration(), aPlan());
    const [target] = await stores.targets.insertDiscovered([
      aTarget({ state: 'simulating' }),
    ]);
    const planner = new RunPlanner(stores);
    const retention = new RunRetention({
      stores,
      keepMs: 90 * DAY,
      logger: mockServices.logger.mock(),
      now: () => clock.now,
    });

    /** A run as the queue leaves it behind, a second later than the one before. */
    const run = async (
      state: 'succeeded' | 'failed' | 'running' = 'succeeded',
    ): Promise<RunRecord> => {
      clock.now += 1_000;
      const migration = await stores.migrations.get('migration-1');
      const added = await planner.ensureRun(
        await stores.targets.get(target.id),
        migration,
      );
      if (!added) throw new Error('The target needs no run.');
      clock.now = Math.max(clock.now, added.availableAt);
      const [leased] = await stores.runs.lease({ limit: 1, leaseMs: 1_000 });
      await stores.runs.start(leased, { credentialHash: `hash-${leased.id}` });
      await stores.runs.rememberReport(leased.id, 'report-1');
      await stores.runs.appendLog(leased.id, 1, ['one', 'two']);
      if (state !== 'running') {
        await stores.runs.finish(leased, { state, result });
        await stores.runs.settleOutcome(leased.id);
      }
      return leased;
    };
    const details = async () => {
      const counts: Record<string, number> = {};
      for (const table of [
        'runs',
        'run_log_lines',
        'run_reports',
        'run_credentials',
      ]) {
        counts[table] = (await knex(table)).length;
      }
      return counts;
    };
    const runs = async () =>
      (await stores.runs.listForTarget(target.id)).map(each => each.id);
    return {
      knex,
      clock,
      stores,
      target,
      planner,
      retention,
      run,
      details,
      runs,
    };
  }

  it('keeps what is younger than it is told', async () => {
    const { clock, retention, run, details } = await bench();
    await run();
    await run();
    const before = await details();
    expect(before).toEqual({
      runs: 2,
      run_log_lines: 4,
      run_reports: 2,
      run_credentials: 2,
    });
    clock.now += 89 * DAY;
    await retention.apply(signal);
    expect(await details()).toEqual(before);
  });

  it('removes logs and superseded runs, and keeps the record', async () => {
    const { clock, stores, target, retention, run, details, runs } =
      await bench();
    const failed = await run('failed');
    const named = await run();
    const last = await run();
    const change = await stores.changes.add({
      id: 'change-1',
      targetId: target.id,
      runId: named.id,
      digest: 'digest',
      baseCommit: 'a'.repeat(40),
      patch: 'cGF0Y2g=',
      files: [],
      uses: [],
      findings: [],
      evidence: [
        { verifier: 'scope', verdict: 'passed', summary: '.', paths: [] },
      ],
      mappingVersion: 1,
      createdAt: clock.now,
    });
    const approval = {
      id: 'approval-1',
      targetId: target.id,
      changeId: change.id,
      digest: 'digest',
      decidedBy: 'user:default/olga',
      decidedAt: clock.now,
    };
    await stores.changes.approve(approval);
    await stores.activity.record({
      migrationId: 'migration-1',
      targetId: target.id,
      actor: 'user:default/olga',
      kind: 'approve',
      message: 'Approved.',
    });
    const known: TargetRecord = await stores.targets.get(target.id);
    const activity = await stores.activity.list({}, {});

    clock.now += 91 * DAY;
    await retention.apply(signal);
    await retention.apply(signal);

    expect(await details()).toEqual({
      runs: 2,
      run_log_lines: 0,
      run_reports: 0,
      run_credentials: 0,
    });
    expect(await runs()).toEqual([last.id, named.id]);
    await expect(stores.runs.get(failed.id)).rejects.toThrow('no run');
    expect(await stores.runs.readLog(last.id, 0, 10)).toEqual([]);
    expect(await stores.changes.get(change.id)).toEqual(change);
    expect(await stores.changes.currentApproval(target.id)).toEqual(approval);
    expect(await stores.targets.get(target.id)).toEqual(known);
    expect(await stores.activity.list({}, {})).toEqual(activity);
  });

  it('plans new runs after old ones are gone', async () => {
    const { clock, retention, run, runs } = await bench();
    for (let times = 0; times < 3; times += 1) await run();
    clock.now += 91 * DAY;
    await retention.apply(signal);
    expect(await runs()).toHaveLength(1);
    const seen = new Set(await runs());
    for (let times = 0; times < 3; times += 1) seen.add((await run()).id);
    expect(seen.size).toBe(4);
  });

  it('leaves alone what has not ended, and what nobody has taken in', async () => {
    const { clock, stores, retention, run, details } = await bench();
    const running = await run('running');
    clock.now += 200 * DAY;
    const before = await details();
    await retention.apply(signal);
    expect(await details()).toEqual(before);
    await stores.runs.finish(running, { state: 'succeeded', result });
    clock.now += 200 * DAY;
    await retention.apply(signal);
    expect(await details()).toEqual(before);
    await stores.runs.settleOutcome(running.id);
    await retention.apply(signal);
    expect(await details()).toMatchObject({ runs: 1, run_log_lines: 0 });
  });

  it('removes more than one batch, and stops when it is told to', async () => {
    const { clock, knex, target, retention } = await bench();
    const rows = Array.from({ length: 450 }, (_each, index) => ({
      id: `old-${index}`,
      target_id: target.id,
      migration_id: 'migration-1',
      kind: 'rescan',
      state: 'failed',
      attempt: 1,
      max_attempts: 1,
      token: index,
      available_at: index,
      created_at: index,
      ended_at: index,
      outcome_pending: false,
    }));
    await knex.batchInsert('runs', rows, 50);
    clock.now += 100 * DAY;
    await expect(retention.apply(AbortSignal.abort())).rejects.toThrow();
    expect(await knex('runs')).toHaveLength(450);
    await retention.apply(signal);
    expect(await knex('runs').pluck('id')).toEqual(['old-449']);
  });
});
