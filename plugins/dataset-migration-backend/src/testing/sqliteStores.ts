import { Knex } from 'knex';
import { createStores, Stores } from '../database';
import { openMemoryDatabase } from './openMemoryDatabase';

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
      const knex = await openMemoryDatabase();
      opened.push(knex);
      return createStores(knex, now);
    },
  };
}
