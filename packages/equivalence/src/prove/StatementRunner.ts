import { SqlDialect } from 'backstage-plugin-dataset-migration-common';
import { ProverDatabase, QueryResult } from '../database/ProverDatabase';
import {
  defineOpaqueFunction,
  missingFunction,
  OPAQUE_TYPES,
} from './opaqueFunctions';

const MAX_OPAQUE = 16;

/** Binds queries, defining the functions that DuckDB does not have as opaque ones. */
export class StatementRunner {
  readonly #database: ProverDatabase;
  readonly opaque = new Set<string>();
  #typeIndex = 0;

  constructor(database: ProverDatabase, readonly dialect: SqlDialect) {
    this.#database = database;
  }

  /**
   * Binds a query without running it.
   *
   * @throws DuckDB's error when no choice of opaque functions makes it bind
   */
  async bind(sql: string): Promise<QueryResult> {
    for (;;) {
      try {
        return await this.#database.query(`DESCRIBE ${sql}`);
      } catch (error) {
        if (!(error instanceof Error)) throw error;
        const missing = missingFunction(error.message);
        if (missing && this.opaque.size < MAX_OPAQUE) {
          this.opaque.add(missing.toLowerCase());
          await this.#define(missing);
          continue;
        }
        if (this.opaque.size > 0 && this.#typeIndex < OPAQUE_TYPES.length - 1) {
          this.#typeIndex++;
          for (const name of this.opaque) await this.#define(name);
          continue;
        }
        throw error;
      }
    }
  }

  async #define(name: string): Promise<void> {
    await defineOpaqueFunction(
      this.#database,
      name,
      OPAQUE_TYPES[this.#typeIndex],
    );
  }
}
