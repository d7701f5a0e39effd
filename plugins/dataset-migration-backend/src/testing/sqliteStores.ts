import knexFactory, { Knex } from 'knex';
import { createStores, Stores } from '../database';
import { migrationsDirectory } from '../database/migrateDatabase';

/**
 * Stores over a database in memory, one for each test, where the engine makes no
 * difference. Where it may, use `eachDatabase`.
 *
 * @param now - clock of the stores; the real one when absent
 */
export function sqliteStores(): {
  create(now?: () => number): Promise<Stores>;
} {
  const opened: Knex[] = [];
  afterEach(async () => {
    for (const knex of opened.splice(0)) await knex.destroy();
  });
  return {
    create: async now => {
      const knex = knexFactory({
        client: 'better-sqlite3',
        connection: ':memory:',
        useNullAsDefault: true,
        pool: { min: 1, max: 1 },
      });
      opened.push(knex);
      await knex.migrate.latest({ directory: migrationsDirectory() });
      return createStores(knex, now);
    },
  };
}
