import { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { quoteName } from '../database/names';
import { SampleConnection } from './SampleConnection';
import { listTables, TableReference } from './listTables';

/** Rows of one table, as text that casts back to the column's type. */
export interface SampleTable {
  name: string;
  columns: Array<{
    name: string;
    /** As DuckDB names it; guessed from the values where not `typed`. */
    type: string;
  }>;
  /** False for CSV, which has no types of its own. */
  typed: boolean;
  rows: Array<Array<string | null>>;
  complete: boolean;
}

/** Reads tables of a sample. The only part of the prover that opens files. */
export class SampleReader {
  readonly #instance: DuckDBInstance;
  readonly #connection: DuckDBConnection;
  readonly #tables: TableReference[];

  private constructor(
    instance: DuckDBInstance,
    connection: DuckDBConnection,
    tables: TableReference[],
  ) {
    this.#instance = instance;
    this.#connection = connection;
    this.#tables = tables;
  }

  /** @throws where the file or directory cannot be read */
  static async open(connection: SampleConnection): Promise<SampleReader> {
    const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
    const database = await instance.connect();
    await database.run(
      [
        `SET memory_limit='256MB'`,
        `SET TimeZone='UTC'`,
        // Nothing is fetched for a file that wants more than is here.
        `SET autoinstall_known_extensions=false`,
        `SET autoload_known_extensions=false`,
      ].join(';'),
    );
    return new SampleReader(
      instance,
      database,
      await listTables(connection, database),
    );
  }

  /** The table that one of the names means, the first that is there. */
  find(names: readonly string[]): string | undefined {
    for (const name of names) {
      const wanted = partsOf(name);
      const found = this.#tables.find(table => {
        const parts = partsOf(table.name);
        const length = Math.min(parts.length, wanted.length);
        return parts.slice(-length).join() === wanted.slice(-length).join();
      });
      if (found) {
        return found.name;
      }
    }
    return undefined;
  }

  /** At most so many rows of a table that `find` found. */
  async read(name: string, limit: number): Promise<SampleTable> {
    const table = this.#tables.find(each => each.name === name);
    if (!table) {
      throw new Error(`The sample has no table ${name}`);
    }
    const described = await this.#rows(`DESCRIBE SELECT * FROM ${table.from}`);
    const columns = described.map(row => ({
      name: String(row[0]),
      type: String(row[1]),
    }));
    const texts = columns.map(
      column => `CAST(${quoteName(column.name)} AS VARCHAR)`,
    );
    const rows = await this.#rows(
      `SELECT ${texts.join(', ')} FROM ${table.asText ?? table.from} LIMIT ${
        limit + 1
      }`,
    );
    return {
      name,
      columns,
      typed: table.asText === undefined,
      rows: rows
        .slice(0, limit)
        .map(row => row.map(value => (value === null ? null : String(value)))),
      complete: rows.length <= limit,
    };
  }

  close(): void {
    this.#connection.closeSync();
    this.#instance.closeSync();
  }

  async #rows(sql: string): Promise<unknown[][]> {
    return (await this.#connection.runAndReadAll(sql)).getRowsJson();
  }
}

function partsOf(name: string): string[] {
  return name.toLowerCase().replace(/[`"]/g, '').split('.');
}
