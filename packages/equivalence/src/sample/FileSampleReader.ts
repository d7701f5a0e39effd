import { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { quoteName, quoteText } from '../database/names';
import { FileConnection, listTables, TableReference } from './listTables';
import {
  columnsNamed,
  findTable,
  SampleReader,
  SampleRows,
  SampleTable,
} from './SampleReader';

/** Reads tables of a sample. Opens files, and nothing else of the prover does. */
export class FileSampleReader implements SampleReader {
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
  static async open(connection: FileConnection): Promise<FileSampleReader> {
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
    return new FileSampleReader(
      instance,
      database,
      await listTables(connection, database),
    );
  }

  find(names: readonly string[]): string | undefined {
    return findTable(this.#tables, names)?.name;
  }

  async read(name: string, { limit, where }: SampleRows): Promise<SampleTable> {
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
      `SELECT ${texts.join(', ')} FROM ${table.asText ?? table.from}${
        where
          ? whereOf(columnsNamed(columns, where.columns), where.values, table)
          : ''
      } LIMIT ${limit + 1}`,
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

  async close(): Promise<void> {
    this.#connection.closeSync();
    this.#instance.closeSync();
  }

  async #rows(sql: string): Promise<unknown[][]> {
    return (await this.#connection.runAndReadAll(sql)).getRowsJson();
  }
}

/** CSV is compared as it is written, since its types are guessed. */
function whereOf(
  columns: Array<{ name: string; type: string }>,
  values: ReadonlyArray<ReadonlyArray<string | null>>,
  { asText }: TableReference,
): string {
  const names = columns.map(({ name }) => quoteName(name)).join(', ');
  const rows = values.map(
    row =>
      `(${row
        .map((value, index) =>
          value === null
            ? 'NULL'
            : `CAST(${quoteText(value)} AS ${
                asText === undefined ? columns[index].type : 'VARCHAR'
              })`,
        )
        .join(', ')})`,
  );
  return ` WHERE (${names}) IN (VALUES ${rows.join(', ')})`;
}
