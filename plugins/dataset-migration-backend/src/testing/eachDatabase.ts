import knexFactory, { Knex } from 'knex';
import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { migrationsDirectory } from '../database/migrateDatabase';
import { startPostgres, StartedPostgres } from './startPostgres';

export interface TestDatabase {
  /** An empty database of its own; closed and removed after the test. */
  create(options?: { migrate?: boolean }): Promise<Knex>;
}

/** Runs the same tests on a SQLite file and on a real PostgreSQL server. */
export function eachDatabase(
  define: (engine: 'sqlite' | 'postgres', database: TestDatabase) => void,
): void {
  describe('on SQLite', () => {
    let directory = '';
    let made = 0;
    beforeAll(() => {
      directory = mkdtempSync(join(tmpdir(), 'dataset-migration-sqlite-'));
    });
    afterAll(() => rmSync(directory, { recursive: true, force: true }));
    define(
      'sqlite',
      useDatabases(async () => {
        made += 1;
        return openSqlite(join(directory, `${made}.sqlite`));
      }),
    );
  });

  describe('on PostgreSQL', () => {
    let server: StartedPostgres | undefined;
    let made = 0;
    beforeAll(async () => {
      server = await startPostgres();
    }, 120_000);
    afterAll(async () => server?.stop(), 60_000);
    define(
      'postgres',
      useDatabases(async () => {
        if (!server) throw new Error('PostgreSQL did not start.');
        made += 1;
        const name = `test_${made}`;
        const admin = openPostgres(server, 'postgres');
        await admin.raw('create database ??', [name]);
        await admin.destroy();
        return openPostgres(server, name);
      }),
    );
  });
}

function useDatabases(open: () => Promise<Knex>): TestDatabase {
  const opened: Knex[] = [];
  afterEach(async () => {
    for (const knex of opened.splice(0)) await knex.destroy();
  });
  return {
    create: async ({ migrate = true } = {}) => {
      const knex = await open();
      opened.push(knex);
      if (migrate) {
        await knex.migrate.latest({ directory: migrationsDirectory() });
      }
      return knex;
    },
  };
}

function openSqlite(filename: string): Knex {
  return knexFactory({
    client: 'better-sqlite3',
    connection: { filename },
    useNullAsDefault: true,
    pool: {
      min: 1,
      max: 1,
      afterCreate: (
        connection: { pragma(text: string): void },
        done: (error?: Error) => void,
      ) => {
        connection.pragma('foreign_keys = ON');
        done();
      },
    },
  });
}

function openPostgres(server: StartedPostgres, database: string): Knex {
  return knexFactory({
    client: 'pg',
    connection: { ...server.connection, database },
    pool: { min: 0, max: 10 },
  });
}
