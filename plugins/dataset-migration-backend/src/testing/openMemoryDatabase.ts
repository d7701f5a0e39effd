import knexFactory, { Knex } from 'knex';
import { migrationsDirectory } from '../database/migrateDatabase';

/** A SQLite database in memory with our tables; the caller destroys it. */
export async function openMemoryDatabase(): Promise<Knex> {
  const knex = knexFactory({
    client: 'better-sqlite3',
    connection: ':memory:',
    useNullAsDefault: true,
    pool: { min: 1, max: 1 },
  });
  await knex.migrate.latest({ directory: migrationsDirectory() });
  return knex;
}
