import { mockServices } from '@backstage/backend-test-utils';
import { TargetRecord } from '../database/records';
import { aMigration, aPlan, aTarget } from '../testing/records';
import { sqliteStores } from '../testing/sqliteStores';
import { OwnerNotifier } from './OwnerNotifier';

describe('OwnerNotifier', () => {
  const database = sqliteStores();
  const waiting = (id: string, changes: Partial<TargetRecord> = {}) =>
    aTarget({ id, state: 'simulated', blocked: 'review', ...changes });

  async function notify(targets: TargetRecord[], now = targets) {
    const stores = await database.create();
    await stores.migrations.create(aMigration(), aPlan());
    await stores.targets.insertDiscovered(now);
    const send = jest.fn(async () => undefined);
    const logger = mockServices.logger.mock();
    const notifier = new OwnerNotifier({
      notifications: { send },
      stores,
      logger,
      waitMs: 20,
    });
    for (const target of targets) await notifier.moved(target);
    await new Promise(resolve => setTimeout(resolve, 200));
    return { send, logger };
  }

  it('sends one notification for all changes of an owner', async () => {
    const { send } = await notify(
      Array.from({ length: 40 }, (_, index) => waiting(`target-${index}`)),
    );
    expect(send).toHaveBeenCalledTimes(1);
    expect(send).toHaveBeenCalledWith({
      recipients: { type: 'entity', entityRef: 'group:default/reporting' },
      payload: expect.objectContaining({
        title: 'User activity: 40 changes wait for your review',
        link: '/catalog/default/resource/user-activity-v1/migration?view=review&owner=group%3Adefault%2Freporting',
        scope: 'dataset-migration:migration-1:review:group:default/reporting',
      }),
    });
  });

  it('keeps owners, and questions from reviews, apart', async () => {
    const { send } = await notify([
      waiting('a'),
      waiting('b', { blocked: 'question' }),
      waiting('c', { owner: 'group:default/other' }),
    ]);
    const sent = send.mock.calls as unknown as Array<
      [{ payload: { scope: string } }]
    >;
    const scopes = sent.map(([{ payload }]) => payload.scope);
    expect(new Set(scopes).size).toBe(3);
  });

  it('tells nobody where nobody has to do anything', async () => {
    const { send } = await notify([
      waiting('a', { state: 'approved' }),
      waiting('b', { owner: undefined, blocked: 'no-owner' }),
      waiting('c', { blocked: undefined }),
    ]);
    expect(send).not.toHaveBeenCalled();
  });

  it('tells nobody when the last change was reviewed meanwhile', async () => {
    const { send } = await notify(
      [waiting('a')],
      [waiting('a', { state: 'approved', blocked: 'wave' })],
    );
    expect(send).not.toHaveBeenCalled();
  });
});
