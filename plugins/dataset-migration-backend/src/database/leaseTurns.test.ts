import { eachDatabase } from '../testing/eachDatabase';
import { aMigration, aPlan, aTarget } from '../testing/records';
import { createStores } from './createStores';
import { RunRecord } from './records';
import { LeaseOptions, Stores } from './stores';

interface Waiting {
  id: string;
  migration?: string;
  kind?: RunRecord['kind'];
  owner?: string;
  repository?: string;
}

eachDatabase((_, database) => {
  async function queue(waiting: Waiting[]): Promise<Stores> {
    const knex = await database.create();
    const stores = createStores(knex, () => 10_000);
    const known = new Set<string>();
    for (const [place, each] of waiting.entries()) {
      const { id, migration = 'm1', owner, repository } = each;
      if (!known.has(migration)) {
        const dataset = `resource:default/${migration}`;
        await stores.migrations.create(
          aMigration({ id: migration, dataset }),
          aPlan({ migrationId: migration }),
        );
        known.add(migration);
      }
      const [target] = await stores.targets.insertDiscovered([
        aTarget({
          id: `target-${id}`,
          migrationId: migration,
          ...(owner && { owner }),
          ...(repository && { repository }),
        }),
      ]);
      await stores.runs.enqueue({
        id,
        targetId: target.id,
        migrationId: migration,
        kind: each.kind ?? 'simulate',
        maxAttempts: 1,
        availableAt: 1_000 + place,
      });
    }
    return stores;
  }

  async function lease(stores: Stores, options: Partial<LeaseOptions> = {}) {
    const all = { limit: 2, leaseMs: 60_000, ...options };
    return (await stores.runs.lease(all)).map(run => run.id);
  }

  const many = (count: number, each: Omit<Waiting, 'id'>, name: string) =>
    Array.from({ length: count }, (_each, index) => ({
      ...each,
      id: `${name}${index + 1}`,
    }));

  it('lets migrations take turns, whatever they have under way', async () => {
    const stores = await queue([
      ...many(5, { migration: 'large' }, 'l'),
      ...many(2, { migration: 'small' }, 's'),
    ]);
    expect(await lease(stores, { limit: 1 })).toEqual(['l1']);
    // The large one has its turn; who comes later is next.
    expect(await lease(stores)).toEqual(['s1', 'l2']);
    expect(await lease(stores)).toEqual(['s2', 'l3']);
    expect(await lease(stores, { limit: 9 })).toEqual(['l4', 'l5']);
  });

  it('lets owners take turns within a migration', async () => {
    const stores = await queue([
      ...many(4, { owner: 'group:default/a' }, 'a'),
      ...many(2, { owner: 'group:default/b' }, 'b'),
    ]);
    expect(await lease(stores, { limit: 4 })).toEqual(['a1', 'b1', 'a2', 'b2']);
  });

  it('takes back before it goes on, and publishes before it simulates', async () => {
    const stores = await queue([
      { id: 'simulate', migration: 'a', kind: 'simulate' },
      { id: 'rescan', migration: 'b', kind: 'rescan' },
      { id: 'verify', migration: 'a', kind: 'verify' },
      { id: 'publish', migration: 'a', kind: 'publish' },
      { id: 'rollback2', migration: 'b', kind: 'rollback' },
      { id: 'rollback', migration: 'b', kind: 'rollback' },
    ]);
    expect(await lease(stores, { limit: 9 })).toEqual([
      'rollback2',
      'rollback',
      'publish',
      'verify',
      'simulate',
      'rescan',
    ]);
  });

  it('keeps the limits of repositories and owners, with what is under way', async () => {
    const stores = await queue([
      ...many(3, { repository: 'forge/a/Mono', owner: 'group:default/x' }, 'm'),
      { id: 'same', repository: 'forge/a/mono', owner: 'group:default/y' },
      { id: 'other', repository: 'forge/a/other', owner: 'group:default/x' },
    ]);
    const perRepository = 2;
    expect(await lease(stores, { limit: 9, perRepository })).toEqual([
      'm1',
      'm2',
      'other',
    ]);
    expect(await lease(stores, { limit: 9, perRepository })).toEqual([]);
    expect(await lease(stores, { limit: 9, perOwner: 3 })).toEqual(['same']);
    expect(await lease(stores, { limit: 9, perOwner: 4 })).toEqual(['m3']);
  });

  it('never has more under way than allowed, with replicas asking at once', async () => {
    const stores = await queue(many(30, {}, 'r'));
    const asked = await Promise.all(
      Array.from({ length: 6 }, () =>
        lease(stores, { limit: 7, concurrency: 7 }),
      ),
    );
    expect(asked.flat()).toHaveLength(7);
    expect(await stores.runs.countActive()).toBe(7);
  });
});
