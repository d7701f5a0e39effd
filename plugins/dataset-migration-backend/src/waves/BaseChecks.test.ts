import { mockServices } from '@backstage/backend-test-utils';
import { CheckSummary } from '../forge/CheckSummary';
import { aMigration, aPlan, aTarget } from '../testing/records';
import { sqliteStores } from '../testing/sqliteStores';
import { BaseChecks } from './BaseChecks';

const HOUR = 3_600_000;

describe('BaseChecks', () => {
  const database = sqliteStores();

  it('sees failures that are new, recovery, and looks again in time', async () => {
    let now = 10_000;
    const stores = await database.create(() => now);
    await stores.migrations.create(aMigration(), aPlan());
    await stores.targets.insertDiscovered([
      aTarget({
        state: 'merged',
        mergedCommit: 'merge',
        facts: { mergedAt: 9_000, baseFailing: ['flaky'] },
      }),
    ]);
    const checks: Record<string, Partial<CheckSummary>> = {
      merge: { failing: ['flaky'], pending: ['build'] },
      head: {},
    };
    const asked: string[] = [];
    const { signal } = new AbortController();
    const base = new BaseChecks({
      targets: stores.targets,
      forge: {
        listChecks: async ({ commit }) => {
          asked.push(commit);
          return { failing: [], pending: [], passed: [], ...checks[commit] };
        },
        defaultHead: async () => 'head',
      },
      logger: mockServices.logger.mock(),
      now: () => now,
    });
    const look = async (after: number) => {
      now += after;
      const target = await stores.targets.get('target-1');
      const looked = await base.look([target], signal);
      const { facts, updatedAt } = await stores.targets.get('target-1');
      return { looked, updatedAt, ...facts?.health };
    };

    expect(await look(0)).toEqual({
      looked: 1,
      updatedAt: 1_000,
      status: 'unknown',
      baseChecks: 'pending',
      lookedAt: 10_000,
    });
    expect((await look(59_999)).looked).toBe(0);
    checks.merge = { failing: ['flaky', 'build'] };
    checks.head = { failing: ['build'] };
    expect(await look(1)).toMatchObject({ looked: 1, baseChecks: 'failed' });
    expect(asked).toEqual(['merge', 'merge', 'head']);

    checks.head = { failing: ['flaky'], passed: ['build'] };
    expect(await look(60_000)).toMatchObject({
      baseChecks: 'passed',
      recoveredAt: now,
    });
    expect((await look(HOUR - 1)).looked).toBe(0);
    expect((await look(1)).looked).toBe(1);
  });
});
