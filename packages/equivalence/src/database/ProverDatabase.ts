import {
  BOOLEAN,
  DuckDBConnection,
  DuckDBInstance,
  DuckDBScalarFunction,
  INTEGER,
} from '@duckdb/node-api';

import { quoteName } from './names';

/** A result; values are JSON, with big numbers and times as text. */
export interface QueryResult {
  columns: string[];
  types: string[];
  rows: unknown[][];
}

/** The schema of what statements share. */
const SHARED = 'mig_shared';

/** What is in a statement's own schema, in an order in which it can go. */
const OWN_OBJECTS = `
  SELECT kind, '"' || replace(name, '"', '""') || '"' FROM (
    SELECT 1 AS place, 'VIEW' AS kind, view_name AS name FROM duckdb_views()
      WHERE NOT internal AND schema_name = 'main'
    UNION ALL SELECT 2, 'TABLE', table_name FROM duckdb_tables()
      WHERE NOT internal AND schema_name = 'main'
  ) ORDER BY place`;

/** Told which condition was evaluated, and to what; NULL counts as false. */
export type ProbeListener = (index: number, value: boolean) => void;

/** Thrown when a query ran longer than its share of the time. */
export class QueryTimeoutError extends Error {
  name = 'QueryTimeoutError';
}

/**
 * A fresh in-memory DuckDB that reaches neither files nor the network, and
 * whose settings can no longer be changed by the queries it runs.
 */
export class ProverDatabase {
  readonly #instance: DuckDBInstance;
  readonly #connection: DuckDBConnection;
  readonly #queryTimeoutMs: number;
  readonly #shared = new Set<string>();
  readonly #macros = new Set<string>();
  #listener: ProbeListener | undefined;

  private constructor(
    instance: DuckDBInstance,
    connection: DuckDBConnection,
    queryTimeoutMs: number,
  ) {
    this.#instance = instance;
    this.#connection = connection;
    this.#queryTimeoutMs = queryTimeoutMs;
  }

  static async open(options: {
    memoryMb: number;
    queryTimeoutMs: number;
  }): Promise<ProverDatabase> {
    const instance = await DuckDBInstance.create(':memory:', {
      // One thread keeps the order of rows, and so every verdict, the same.
      threads: '1',
    });
    const connection = await instance.connect();
    await connection.run(
      [
        `SET memory_limit='${Math.max(64, Math.floor(options.memoryMb))}MB'`,
        `SET TimeZone='UTC'`,
        // What statements share; what is their own comes first.
        `CREATE SCHEMA ${SHARED}`,
        `SET search_path='main,${SHARED}'`,
        `SET enable_external_access=false`,
        `SET lock_configuration=true`,
      ].join(';'),
    );
    const database = new ProverDatabase(
      instance,
      connection,
      options.queryTimeoutMs,
    );
    connection.registerScalarFunction(
      DuckDBScalarFunction.create({
        name: 'mig_probe',
        returnType: BOOLEAN,
        parameterTypes: [INTEGER, BOOLEAN],
        // NULL has to reach it, too.
        specialHandling: true,
        mainFunction: (_, input, output) => {
          const indices = input.getColumnVector(0);
          const values = input.getColumnVector(1);
          for (let row = 0; row < input.rowCount; row++) {
            const value = values.getItem(row);
            database.#listener?.(Number(indices.getItem(row)), value === true);
            output.setItem(row, value);
          }
          output.flush();
        },
      }),
    );
    return database;
  }

  /** Defines macros for all statements of this database. */
  async share(macros: string[]): Promise<void> {
    const missing = macros.filter(macro => !this.#shared.has(macro));
    if (missing.length === 0) return;
    await this.run(
      missing
        .map(macro =>
          macro.replace(/^CREATE MACRO /, `CREATE MACRO ${SHARED}.`),
        )
        .join(';'),
    );
    for (const macro of missing) this.#shared.add(macro);
  }

  /** Defines or changes a macro of the present statement's own. */
  async define(name: string, body: string): Promise<void> {
    this.#macros.add(name.toLowerCase());
    await this.run(`CREATE OR REPLACE MACRO ${quoteName(name)}${body}`);
  }

  /** Takes away everything that statements created, so that none helps or harms the next. */
  async clear(): Promise<void> {
    const { rows } = await this.query(OWN_OBJECTS);
    const drops = [
      ...rows.map(([kind, name]) => `DROP ${kind} main.${name}`),
      ...[...this.#macros].map(name => `DROP MACRO main.${quoteName(name)}`),
    ];
    if (drops.length > 0) await this.run(drops.join(';'));
    this.#macros.clear();
  }

  /** Listens to `mig_probe(index, condition)`, which is its condition. */
  onProbe(listener: ProbeListener | undefined): void {
    this.#listener = listener;
  }

  /** Runs statements without a result. */
  async run(sql: string): Promise<void> {
    await this.#limited(() => this.#connection.run(sql));
  }

  /**
   * @param limits - `rows`: how many rows are wanted at most; some more may come
   * @throws QueryTimeoutError when interrupted, else DuckDB's own error
   */
  async query(
    sql: string,
    limits: { timeoutMs?: number; rows?: number } = {},
  ): Promise<QueryResult> {
    const { rows, timeoutMs } = limits;
    const reader = await this.#limited(
      () =>
        rows === undefined
          ? this.#connection.runAndReadAll(sql)
          : this.#connection.streamAndReadUntil(sql, rows),
      timeoutMs,
    );
    return {
      columns: reader.columnNames(),
      types: reader.columnTypes().map(String),
      rows: reader.getRowsJson(),
    };
  }

  close(): void {
    this.#connection.closeSync();
    this.#instance.closeSync();
  }

  async #limited<T>(
    work: () => Promise<T>,
    timeoutMs: number = this.#queryTimeoutMs,
  ): Promise<T> {
    let interrupted = false;
    const timer = setTimeout(() => {
      interrupted = true;
      this.#connection.interrupt();
    }, timeoutMs);
    try {
      return await work();
    } catch (error) {
      if (interrupted) {
        throw new QueryTimeoutError(`A query ran longer than ${timeoutMs} ms`);
      }
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }
}
