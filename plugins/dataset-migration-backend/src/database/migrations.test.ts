import { eachDatabase } from '../testing/eachDatabase';
import { migrationsDirectory } from './migrateDatabase';

eachDatabase((_, database) => {
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
});
