import { aMigration, aTarget } from '../testing/records';
import { eachDatabase } from '../testing/eachDatabase';
import { migrationCodec } from './codecs';
import { toTargetRow } from './operations/targetRow';
import { migrateDatabase, migrationsDirectory } from './migrateDatabase';

eachDatabase((engine, database) => {
  it('goes up and down, one migration at a time, and up again', async () => {
    const knex = await database.create({ migrate: false });
    const settings = { directory: migrationsDirectory() };
    const [, files] = await knex.migrate.list(settings);
    expect(files.length).toBeGreaterThan(0);
    for (const _file of files) await knex.migrate.up(settings);
    expect(await knex.schema.hasTable('run_log_lines')).toBe(true);
    expect(await knex('runs')).toEqual([]);
    for (const _file of files) await knex.migrate.down(settings);
    expect(await knex.schema.hasTable('runs')).toBe(false);
    expect(await knex.schema.hasTable('migrations')).toBe(false);
    await knex.migrate.latest(settings);
    expect(await knex('campaigns')).toEqual([]);
  });

  it('is brought up to date once by replicas that start at once', async () => {
    const knex = await database.create({ migrate: false });
    const getClient = async () => knex;
    // A SQLite file has one process.
    const replicas = engine === 'sqlite' ? 1 : 4;
    await Promise.all(
      Array.from({ length: replicas }, () => migrateDatabase({ getClient })),
    );
    const [done, left] = await knex.migrate.list({
      directory: migrationsDirectory(),
    });
    expect([done.length > 0, left]).toEqual([true, []]);
    expect(await knex('runs')).toEqual([]);
  });

  it('tells targets apart by the repository in lower case from then on', async () => {
    const knex = await database.create({ migrate: false });
    const settings = { directory: migrationsDirectory() };
    await knex.migrate.up({ ...settings, name: '20261101000000_tables.js' });
    await knex.migrate.up(settings);
    await knex('migrations').insert({
      ...migrationCodec.toRow(aMigration()),
    });
    const rows = ['forge.example/Acme/One', 'forge.example/acme/two'].map(
      (repository, index) =>
        toTargetRow(aTarget({ id: `target-${index}`, repository })),
    );
    // Columns that later migrations bring.
    for (const row of rows) {
      delete row.criticality;
      delete row.facts;
    }
    // As versions before wrote them.
    await knex('targets').insert([{ ...rows[0], identity: 'old' }, rows[1]]);
    await knex.migrate.latest(settings);
    expect(await knex('targets').orderBy('id').pluck('identity')).toEqual(
      rows.map(row => row.identity),
    );
  });
});
