import { mockServices } from '@backstage/backend-test-utils';
import { TargetRecord } from '../database/records';
import { aMigration, aPlan, aTarget } from '../testing/records';
import { sqliteStores } from '../testing/sqliteStores';
import { TargetService } from './TargetService';

describe('TargetService', () => {
  const database = sqliteStores();

  async function bench(changes: Partial<TargetRecord> = {}) {
    const stores = await database.create();
    await stores.migrations.create(aMigration(), aPlan());
    const [target] = await stores.targets.insertDiscovered([aTarget(changes)]);
    const events = mockServices.events.mock();
    const logger = mockServices.logger.mock();
    const targets = new TargetService({ stores, events, logger });
    const activity = async () =>
      (await stores.activity.list({ targetId: target.id }, {})).items;
    return { stores, target, events, logger, targets, activity };
  }

  it('moves a target, records who did it, and tells the others', async () => {
    const { target, targets, events, activity, stores } = await bench();
    const moved: string[] = [];
    targets.onMoved(async each => {
      moved.push(each.state);
    });
    const updated = await targets.apply(target, 'simulate', {
      actor: 'user:default/ada',
    });
    expect(updated.state).toBe('simulating');
    expect(await stores.targets.get(target.id)).toEqual(updated);
    expect(await activity()).toEqual([
      expect.objectContaining({
        actor: 'user:default/ada',
        kind: 'simulate',
        message: 'component:default/target-1: simulate, now simulating',
      }),
    ]);
    expect(events.publish).toHaveBeenCalledWith({
      topic: 'dataset-migration.status',
      eventPayload: expect.objectContaining({
        subject: 'target',
        targetId: target.id,
        state: 'simulating',
      }),
    });
    expect(moved).toEqual(['simulating']);
  });

  it('forgets what explained the last position', async () => {
    const { target, targets } = await bench({
      state: 'ended',
      outcome: 'failed',
      reason: 'RUNNER_LOST',
      message: 'The runner ended.',
    });
    const updated = await targets.apply(target, 'retry');
    expect(updated.state).toBe('pending');
    expect([updated.outcome, updated.reason, updated.message]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('changes nothing for a step that is not legal', async () => {
    const { target, targets, stores, events, activity } = await bench();
    await expect(targets.apply(target, 'merged')).rejects.toThrow(
      expect.objectContaining({ name: 'ConflictError' }),
    );
    await expect(targets.apply(target, 'skip')).rejects.toThrow(/Say why/);
    expect((await stores.targets.get(target.id)).version).toBe(target.version);
    expect(await activity()).toEqual([]);
    expect(events.publish).not.toHaveBeenCalled();
  });

  it('lets only one of two win that saw the same target', async () => {
    const { target, targets, activity } = await bench();
    const results = await Promise.allSettled([
      targets.apply(target, 'simulate'),
      targets.apply(target, 'skip', { message: 'Not worth it.' }),
    ]);
    expect(results.map(each => each.status).sort()).toEqual([
      'fulfilled',
      'rejected',
    ]);
    expect(await activity()).toHaveLength(1);
  });

  it('moves although a listener fails, and says so in the log', async () => {
    const { target, targets, logger } = await bench();
    targets.onMoved(async () => {
      throw new Error('busy');
    });
    expect((await targets.apply(target, 'simulate')).state).toBe('simulating');
    expect(logger.warn).toHaveBeenCalledWith(
      expect.any(String),
      expect.objectContaining({ error: 'Error: busy' }),
    );
  });
});
