import {
  DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import { isPostgres } from './operations/isPostgres';

/** Ours among the advisory locks of the plugin's database. */
const MIGRATION_LOCK = 4_207_311;

/** Where the schema migrations are, in the sources and in the published package. */
export function migrationsDirectory(): string {
  return resolvePackagePath(
    'backstage-plugin-dataset-migration-backend',
    'migrations',
  );
}

/**
 * Brings the plugin's database up to date, unless the operator does that elsewhere. Replicas
 * that start at once do it one after the other.
 */
export async function migrateDatabase(
  database: DatabaseService,
): Promise<Knex> {
  const knex = await database.getClient();
  if (database.migrations?.skip) return knex;
  const migrate = () =>
    knex.migrate.latest({ directory: migrationsDirectory() });
  if (!isPostgres(knex)) {
    // A file has one process.
    await migrate();
    return knex;
  }
  await knex.transaction(async tx => {
    // Goes with its connection, so that a killed process locks nobody out.
    await tx.raw('select pg_advisory_xact_lock(?)', [MIGRATION_LOCK]);
    await migrate();
  });
  return knex;
}
