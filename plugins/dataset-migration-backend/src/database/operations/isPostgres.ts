import { Knex } from 'knex';

/** Whether rows can be locked one by one; SQLite locks the whole file. */
export function isPostgres(knex: Knex): boolean {
  return String(knex.client.config.client).startsWith('pg');
}
