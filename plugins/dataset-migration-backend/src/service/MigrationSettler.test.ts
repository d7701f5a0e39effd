import { MigrationRecord, TargetRecord } from '../database/records';
import { aMigration, aPlan, aTarget } from '../testing/records';
import { rolloutParts } from '../waves/__testUtils__/rolloutParts';
import { sqliteStores } from '../testing/sqliteStores';
import { MigrationSettler } from './MigrationSettler';

const pullRequest = {
  number: 1,
  url: 'https://forge.example/pull/1',
  state: 'open' as const,
  headCommit: 'a'.repeat(40),
};

describe('MigrationSettler', () => {
  const database = sqliteStores();
  const { signal } = new AbortController();

  async function settle(
    migration: Partial<MigrationRecord>,
    targets: Array<Partial<TargetRecord>>,
  ) {
    const stores = await database.create();
    await stores.migrations.create(aMigration(migration), aPlan());
    await stores.targets.insertDiscovered(
      targets.map((each, index) => aTarget({ id: `target-${index}`, ...each })),
    );
    const settler = new MigrationSettler(rolloutParts(stores));
    await settler.settleAll(signal);
    const { state, outcome } = await stores.migrations.get('migration-1');
    const { items } = await stores.targets.list({}, {});
    const moved = Object.fromEntries(
      items.map(each => [each.id, each.outcome ?? each.state]),
    );
    return { migration: outcome ?? state, targets: moved, stores };
  }

  it.each<[string, Array<Partial<TargetRecord>>, string]>([
    ['active', [], 'active'],
    ['active', [ended('migrated'), ended('not-affected')], 'done'],
    ['active', [ended('migrated'), { state: 'open' }], 'active'],
    ['active', [ended('migrated'), ended('skipped')], 'active'],
    ['active', [ended('migrated'), { state: 'unresolved' }], 'active'],
    [
      'rolling-back',
      [ended('rolled-back'), ended('handed-over')],
      'rolled-back',
    ],
    [
      'rolling-back',
      [ended('cancelled'), { state: 'reverting' }],
      'rolling-back',
    ],
    ['paused', [ended('migrated')], 'paused'],
  ])('makes of one that is %s with %j: %s', async (state, targets, after) => {
    expect((await settle({ state }, targets)).migration).toBe(after);
  });

  it('takes back what was on its way when the rollback came', async () => {
    const { targets, stores } = await settle({ state: 'rolling-back' }, [
      { state: 'open', pullRequest },
      { state: 'simulating' },
      { state: 'publishing' },
    ]);
    expect(targets).toEqual({
      'target-0': 'reverting',
      'target-1': 'cancelled',
      'target-2': 'publishing',
    });
    const runs = await stores.runs.listForTarget('target-0');
    expect(runs.map(each => each.kind)).toEqual(['rollback']);
  });

  it('closes what was opened after the migration was cancelled, and leaves what is merged', async () => {
    const { migration, targets, stores } = await settle(
      { state: 'ended', outcome: 'cancelled' },
      [{ state: 'open', pullRequest }, { state: 'merged' }],
    );
    expect(migration).toBe('cancelled');
    expect(targets).toEqual({ 'target-0': 'reverting', 'target-1': 'merged' });
    const runs = await stores.runs.listForTarget('target-0');
    expect(runs.map(each => each.kind)).toEqual(['rollback']);
  });

  it('leaves pull requests alone whose migration ended in another way', async () => {
    const { targets } = await settle(
      { state: 'ended', outcome: 'incomplete' },
      [{ state: 'open', pullRequest }],
    );
    expect(targets).toEqual({ 'target-0': 'open' });
  });
});

function ended(outcome: string): Partial<TargetRecord> {
  return { state: 'ended', outcome };
}
