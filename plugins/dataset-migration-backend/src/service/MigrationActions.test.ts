import { MigrationRecord, TargetRecord } from '../database/records';
import { DiscoveryService } from '../discovery/DiscoveryService';
import { aJob } from '../testing/aJob';
import { PAGE_VIEWS_PLAN } from '../testing/pageViews';
import { aMigration, aPlan, aTarget } from '../testing/records';
import { rolloutParts } from '../waves/__testUtils__/rolloutParts';
import { sqliteStores } from '../testing/sqliteStores';
import { MigrationActions } from './MigrationActions';
import { MigrationAction } from './actionTargets';

describe('MigrationActions', () => {
  const database = sqliteStores();

  async function bench(
    migration: Partial<MigrationRecord>,
    targets: Array<Partial<TargetRecord>>,
    discover: DiscoveryService['discover'] = async () => ({
      found: 2,
      added: 2,
      unresolved: 1,
      truncated: true,
      problems: ['code-search: No quota.'],
    }),
  ) {
    const stores = await database.create();
    await stores.migrations.create(
      aMigration(migration),
      aPlan({ text: PAGE_VIEWS_PLAN, mapping: aJob().mapping }),
    );
    await stores.targets.insertDiscovered(
      targets.map((each, index) => aTarget({ id: `target-${index}`, ...each })),
    );
    const actions = new MigrationActions({
      ...rolloutParts(stores),
      discovery: { discover } as unknown as DiscoveryService,
    });
    const act = async (action: MigrationAction, options: object = {}) =>
      actions.act(await stores.migrations.get('migration-1'), action, {
        actor: 'user:default/ada',
        signal: new AbortController().signal,
        ...options,
      });
    const states = async () =>
      (await stores.targets.list({}, {})).items.map(
        each => each.outcome ?? each.state,
      );
    const activity = async () =>
      (await stores.activity.list({ migrationId: 'migration-1' }, {})).items;
    return { stores, act, states, activity };
  }

  it('says what a discovery found, and that it was cut short', async () => {
    const { act, activity, stores } = await bench({ state: 'draft' }, []);
    expect(await act('start')).toBe(2);
    expect(await stores.migrations.get('migration-1')).toMatchObject({
      state: 'active',
      startedBy: 'user:default/ada',
    });
    const found = (await activity()).find(each => each.kind === 'discovered');
    expect(found?.message).toBe(
      'Found 2 consumers, 2 of them new, 1 without a usable repository. The list was cut short at the configured limit. code-search: No quota.',
    );
  });

  it('stays a draft when the discovery fails, to be started again', async () => {
    const { act, stores } = await bench({ state: 'draft' }, [], async () => {
      throw new Error('The catalog is down.');
    });
    await expect(act('start')).rejects.toThrow('The catalog is down.');
    expect((await stores.migrations.get('migration-1')).state).toBe('draft');
  });

  it('simulates each target with a run of its own', async () => {
    const { act, states, stores } = await bench({}, [
      {},
      {},
      { state: 'unresolved' },
    ]);
    expect(await act('simulate', { expectedTargets: 2 })).toBe(2);
    expect(await states()).toEqual(['simulating', 'simulating', 'unresolved']);
    const leased = await stores.runs.lease({ limit: 9, leaseMs: 1_000 });
    expect(leased.map(each => each.targetId).sort()).toEqual([
      'target-0',
      'target-1',
    ]);
  });

  it('moves nothing when it would affect other targets than were confirmed', async () => {
    const { act, states } = await bench({}, [{}, {}]);
    await expect(act('simulate', { expectedTargets: 1 })).rejects.toThrow(
      /2 targets by now, not 1/,
    );
    expect(await states()).toEqual(['pending', 'pending']);
  });

  it('ends the runs of what it cancels', async () => {
    const { act, states, stores } = await bench({}, [{}, { state: 'merged' }]);
    await act('simulate');
    expect(await act('cancel', { reason: 'Not now.' })).toBe(1);
    expect(await states()).toEqual(['cancelled', 'merged']);
    const [run] = await stores.runs.listForTarget('target-0');
    expect(run.state).toBe('cancelled');
  });

  it('cancels all, though a run reports in between', async () => {
    const { act, states, stores } = await bench({}, [{}, {}, {}]);
    await act('simulate');
    const { runs, targets } = stores;
    const cancel = runs.cancelForTarget.bind(runs);
    const overtaken = ['target-0', 'target-1'];
    runs.cancelForTarget = async id => {
      const cancelled = await cancel(id);
      if (overtaken.includes(id)) {
        overtaken.splice(overtaken.indexOf(id), 1);
        // The first goes on, the second ends by itself.
        const target = await targets.get(id);
        const ends = { state: 'ended', outcome: 'not-affected' };
        await targets.update(target, id === 'target-1' ? ends : { note: 'x' });
      }
      return cancelled;
    };
    expect(await act('cancel', { reason: 'Not now.' })).toBe(2);
    expect(await states()).toEqual(['cancelled', 'not-affected', 'cancelled']);
  });

  it('does nothing new while it is paused', async () => {
    const { act, stores } = await bench({}, [{}, { state: 'approved' }]);
    await act('pause');
    for (const action of ['simulate', 'publish', 'discover'] as const) {
      await expect(act(action)).rejects.toThrow(/paused/);
    }
    await expect(act('pause')).rejects.toThrow(
      expect.objectContaining({ name: 'ConflictError' }),
    );
    await act('resume');
    expect((await stores.migrations.get('migration-1')).state).toBe('active');
  });

  it('moves only one of two that act at once', async () => {
    const { act } = await bench({}, []);
    const both = await Promise.allSettled([act('pause'), act('cancel')]);
    expect(both.map(each => each.status).sort()).toEqual([
      'fulfilled',
      'rejected',
    ]);
  });
});
