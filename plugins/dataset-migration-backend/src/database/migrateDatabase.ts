import {
  DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { Knex } from 'knex';

/** Where the schema migrations are, in the sources and in the published package. */
export function migrationsDirectory(): string {
  return resolvePackagePath(
    'backstage-plugin-dataset-migration-backend',
    'migrations',
  );
}

/** Brings the plugin's database up to date, unless the operator does that elsewhere. */
export async function migrateDatabase(
  database: DatabaseService,
): Promise<Knex> {
  const knex = await database.getClient();
  if (!database.migrations?.skip) {
    await knex.migrate.latest({ directory: migrationsDirectory() });
  }
  return knex;
}
