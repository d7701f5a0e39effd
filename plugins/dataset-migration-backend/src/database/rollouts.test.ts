import { HaltDecision } from 'backstage-plugin-dataset-migration-common';
import { Knex } from 'knex';
import { eachDatabase } from '../testing/eachDatabase';
import { aMigration, aPlan, aTarget } from '../testing/records';
import { createStores } from './createStores';
import { Stores } from './stores';

const DECISION: HaltDecision = {
  halt: true,
  why: 'over-threshold',
  errors: 2,
  known: 5,
  size: 5,
  needed: 5,
  rate: 0.4,
  threshold: 0.1,
  kinds: { 'checks-failed': 2 },
  failed: ['target-1', 'target-2'],
};
const HALT = {
  at: 2_000,
  wave: 1,
  message: '2 of 5 results are errors',
  decision: DECISION,
};
const ID = 'migration-1';
const bySystem = { actor: 'system', message: 'Wave opens.' };

eachDatabase((_engine, database) => {
  let knex: Knex;
  let stores: Stores;
  let now = 1_000;

  beforeEach(async () => {
    knex = await database.create();
    now = 1_000;
    stores = createStores(knex, () => now);
    await stores.migrations.create(aMigration(), aPlan());
  });
  const activity = async () =>
    (await stores.activity.list({ migrationId: ID }, {})).items.map(
      each => each.kind,
    );

  it('opens each wave once and in order, whoever asks at once', async () => {
    expect(await stores.rollouts.get(ID)).toEqual({
      migrationId: ID,
      openWave: 0,
      opened: [],
    });
    const first = await Promise.all(
      Array.from({ length: 5 }, () =>
        stores.rollouts.openWave(ID, 1, bySystem),
      ),
    );
    expect(first.filter(Boolean)).toHaveLength(1);
    expect(await stores.rollouts.openWave(ID, 3, bySystem)).toBe(false);
    now = 5_000;
    expect(
      await stores.rollouts.openWave(ID, 2, {
        actor: 'user:default/ada',
        message: 'Wave 2 opens.',
        reason: 'Looks good',
      }),
    ).toBe(true);
    expect(await stores.rollouts.get(ID)).toEqual({
      migrationId: ID,
      openWave: 2,
      opened: [
        { wave: 1, openedAt: 1_000, openedBy: 'system' },
        {
          wave: 2,
          openedAt: 5_000,
          openedBy: 'user:default/ada',
          reason: 'Looks good',
        },
      ],
    });
    expect(await activity()).toEqual(['wave-opens', 'wave-opens']);
    expect(await stores.rollouts.listStarted(['active'])).toEqual([ID]);
    expect(await stores.rollouts.listStarted(['halted'])).toEqual([]);
  });

  it('halts once, opens nothing then, and forgets what to take back on a decision', async () => {
    await stores.rollouts.openWave(ID, 1, bySystem);
    const halts = await Promise.all(
      Array.from({ length: 4 }, () => stores.rollouts.halt(ID, HALT, 'wave')),
    );
    expect(halts.filter(Boolean)).toHaveLength(1);
    expect(await stores.rollouts.openWave(ID, 2, bySystem)).toBe(false);
    expect(await stores.migrations.get(ID)).toMatchObject({
      state: 'halted',
      reason: HALT.message,
    });
    expect(await stores.rollouts.get(ID)).toMatchObject({
      halt: HALT,
      takingBack: 'wave',
    });
    expect(await activity()).toEqual(['halt', 'wave-opens']);
    await stores.migrations.changeState(ID, 'halted', {
      state: 'active',
      decidedAt: 3_000,
    });
    const after = await stores.rollouts.get(ID);
    expect(after).toMatchObject({ decidedAt: 3_000, halt: HALT });
    expect(after.takingBack).toBeUndefined();
    expect(await stores.rollouts.openWave(ID, 2, bySystem)).toBe(true);
  });

  it('places targets only while no other wave has opened', async () => {
    const targets = ['a', 'b', 'c'].map(id => aTarget({ id }));
    await stores.targets.insertDiscovered(targets);
    const waves = new Map([
      ['a', 1],
      ['b', 2],
      ['c', 2],
    ]);
    expect(await stores.rollouts.place(ID, 0, waves)).toBe(true);
    await stores.rollouts.openWave(ID, 1, bySystem);
    expect(await stores.rollouts.place(ID, 0, new Map([['a', 2]]))).toBe(false);
    const { items } = await stores.targets.list({ migrationId: ID }, {});
    expect(items.map(each => [each.id, each.wave, each.version])).toEqual([
      ['a', 1, 1],
      ['b', 2, 1],
      ['c', 2, 1],
    ]);
  });

  it('keeps the lineage of the last discovery', async () => {
    const edge = (producer: string, reader: string) => ({ producer, reader });
    await stores.rollouts.replaceLineage(ID, [edge('a', 'b'), edge('b', 'c')]);
    await stores.rollouts.replaceLineage(
      ID,
      Array.from({ length: 450 }, (_, n) => edge(`p${n}`, `r${n}`)),
    );
    const kept = await stores.rollouts.lineage(ID);
    expect(kept).toHaveLength(450);
    expect(kept).toContainEqual(edge('p449', 'r449'));
  });
});
