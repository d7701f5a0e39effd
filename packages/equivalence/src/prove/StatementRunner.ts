import { SqlDialect } from 'backstage-plugin-dataset-migration-common';
import { ProverDatabase, QueryResult } from '../database/ProverDatabase';
import { errorText } from '../database/errorText';
import { parseTree, printTrees } from '../tree/QueryTree';
import { expectedTypes } from './expectedTypes';
import {
  LearnedColumns,
  GuessedColumn,
  RESULTS,
} from '../repair/LearnedColumns';
import { ColumnType, ScalarName } from '../types/ColumnType';
import {
  defineOpaqueFunction,
  missingFunction,
  refusedMacro,
  OPAQUE_TYPES,
} from './opaqueFunctions';
import { spellOutUnnest } from './spellOutUnnest';

const MAX_OPAQUE = 16;
/** What DuckDB says where it reads names of unnested items in another way. */
const NAMING =
  /Referenced (column|table) |Ambiguous reference|Cannot extract field|not found in FROM/;

/** What helps to guess what opaque functions give. */
export interface KnownToRunner {
  /** What refusals said before. */
  learned: LearnedColumns;
  /** Numbers of days that the statement speaks of. */
  distances: readonly number[];
  /** Types of columns by lower-case name. */
  columns: ReadonlyMap<string, ScalarName>;
}

/** Binds queries, defining the functions that DuckDB does not have as opaque ones. */
export class StatementRunner {
  readonly #database: ProverDatabase;
  readonly #known: KnownToRunner;
  readonly opaque = new Set<string>();
  readonly #expected = new Map<string, ColumnType>();
  /** Opaque functions with many arguments. */
  readonly #many = new Set<string>();
  /** What the engine said about texts that did not bind, for each choice of opaque functions. */
  readonly refusals: Array<{ sql: string; message: string }> = [];
  #typeIndex = 0;

  constructor(
    database: ProverDatabase,
    readonly dialect: SqlDialect,
    known: Partial<KnownToRunner> = {},
  ) {
    this.#database = database;
    this.#known = {
      learned: new LearnedColumns(),
      distances: [],
      columns: new Map(),
      ...known,
    };
  }

  /** What opaque functions were first taken to give. */
  get guesses(): GuessedColumn[] {
    return [...this.opaque].map(name => ({
      table: RESULTS,
      name,
      type: this.#firstType(name),
    }));
  }

  /**
   * Binds a query without running it.
   *
   * @throws DuckDB's error when no choice of opaque functions makes it bind
   */
  async bind(sql: string): Promise<QueryResult> {
    let first: unknown;
    for (;;) {
      try {
        return await this.#database.query(`DESCRIBE ${sql}`);
      } catch (error) {
        const message = errorText(error) ?? '';
        const refused = refusedMacro(message)?.toLowerCase();
        if (refused && this.opaque.has(refused) && !this.#many.has(refused)) {
          this.#many.add(refused);
          await this.#define(refused);
          continue;
        }
        const missing = missingFunction(message);
        if (!missing) this.refusals.push({ sql, message });
        if (missing && this.opaque.size < MAX_OPAQUE) {
          if (this.opaque.size === 0) await this.#expect(sql);
          this.opaque.add(missing.toLowerCase());
          await this.#define(missing);
          continue;
        }
        first ??= error;
        if (this.opaque.size > 0 && this.#typeIndex < OPAQUE_TYPES.length - 1) {
          this.#typeIndex++;
          for (const name of this.opaque) await this.#define(name);
          continue;
        }
        throw first;
      }
    }
  }

  /**
   * Binds a query, spelling out what DuckDB reads in another way than the warehouse.
   *
   * @returns the query that binds
   * @throws DuckDB's error about the query as it was given
   */
  async bindRepaired(sql: string): Promise<string> {
    try {
      await this.bind(sql);
      return sql;
    } catch (error) {
      if (!NAMING.test(errorText(error) ?? '')) throw error;
      const tree = await parseTree(this.#database, sql);
      const repaired = tree && spellOutUnnest(tree);
      if (!repaired) throw error;
      const [text] = await printTrees(this.#database, [repaired]);
      try {
        await this.bind(text);
      } catch {
        throw error;
      }
      return text;
    }
  }

  async #expect(sql: string): Promise<void> {
    const tree = await parseTree(this.#database, sql);
    for (const [name, type] of expectedTypes(
      tree ? [tree] : [],
      this.#known.columns,
    )) {
      this.#expected.set(name, type);
    }
  }

  #firstType(name: string): ColumnType {
    return (
      this.#known.learned.typeOf(RESULTS, name) ??
      this.#expected.get(name.toLowerCase()) ??
      OPAQUE_TYPES[0]
    );
  }

  async #define(name: string): Promise<void> {
    await defineOpaqueFunction(
      this.#database,
      name,
      // Once that was of no use, all are of one type.
      this.#typeIndex === 0
        ? this.#firstType(name)
        : OPAQUE_TYPES[this.#typeIndex],
      {
        distances: this.#known.distances,
        manyArguments: this.#many.has(name.toLowerCase()),
      },
    );
  }
}
