import {
  masterOf,
  OLD_TABLE,
  quoteName,
  quoteText,
  visibleOf,
} from '../database/names';
import { plainValue } from '../generate/plainValue';
import { ProverDatabase, QueryResult } from '../database/ProverDatabase';
import { RowSelection } from '../compare/shrinkRows';
import { GeneratedColumn } from '../generate/generateRows';
import { columnTypeSql } from '../types/ColumnType';

/** A table to fill; `hidden` columns feed the view but no query sees them. */
export interface BedTable {
  local: string;
  columns: GeneratedColumn[];
  hidden: GeneratedColumn[];
  /** Positions of columns that are unique together. */
  keys: number[][];
  /** Query of `mig_row` and `mig_kept`: which rows the old dataset has; all where absent. */
  kept?: string;
}

const FEW_ROWS = 6;

/** Of rows with the same key, the first. */
function withoutRepeatedKeys(rows: string[][], table: BedTable): string[][] {
  const keys = [
    ...table.keys,
    ...table.columns.flatMap((column, index) =>
      column.unique ? [[index]] : [],
    ),
  ];
  const seen = keys.map(() => new Set<string>());
  return rows.filter(row => {
    const own = keys.map(key => key.map(index => row[index]).join('\u0000'));
    if (own.some((text, index) => seen[index].has(text))) return false;
    own.forEach((text, index) => seen[index].add(text));
    return true;
  });
}

/**
 * The generated data of one statement: rows with numbers, of which any
 * selection can be shown to the queries in any order.
 */
export class TestBed {
  readonly #database: ProverDatabase;
  readonly #tables: BedTable[];
  #counts: Record<string, number> = {};

  private constructor(database: ProverDatabase, tables: BedTable[]) {
    this.#database = database;
    this.#tables = tables;
  }

  /** @throws DuckDB's error when the view does not bind */
  static async create(
    database: ProverDatabase,
    tables: BedTable[],
    oldView: string,
    binder: { bind: (sql: string) => Promise<void> },
  ): Promise<TestBed> {
    const bed = new TestBed(database, tables);
    for (const table of tables) {
      const columns = [...table.columns, ...table.hidden].map(
        column => `${quoteName(column.name)} ${columnTypeSql(column.type)}`,
      );
      await database.run(
        `CREATE TABLE ${masterOf(table.local)} (mig_row BIGINT, ${columns.join(
          ', ',
        )})`,
      );
      await bed.#show(table);
      const names = table.columns.map(column => quoteName(column.name));
      await database.run(
        `CREATE VIEW ${table.local} AS SELECT ${names.join(
          ', ',
        )} FROM ${visibleOf(table.local)}`,
      );
    }
    await binder.bind(oldView);
    await database.run(`CREATE VIEW ${OLD_TABLE} AS ${oldView}`);
    return bed;
  }

  get counts(): Record<string, number> {
    return this.#counts;
  }

  /** Fills a table with new rows of SQL literals, one for each of its columns. */
  async fill(local: string, rows: string[][]): Promise<void> {
    const table = this.#tables.find(item => item.local === local);
    if (!table) return;
    const master = masterOf(local);
    const kept = withoutRepeatedKeys(rows, table);
    await this.#database.run(`DELETE FROM ${master}`);
    await this.#insert(table, kept);
    this.#counts = { ...this.#counts, [local]: kept.length };
  }

  async #insert(table: BedTable, rows: string[][]): Promise<void> {
    const master = masterOf(table.local);
    const columns = [...table.columns, ...table.hidden];
    const values: string[] = [];
    const documents: unknown[][] = [];
    for (const [index, row] of rows.entries()) {
      const plain = row.flatMap(literal => plainValue(literal) ?? []);
      if (plain.length === row.length) {
        documents.push([index, ...plain.map(cell => cell.value)]);
      } else values.push(`(${[index, ...row].join(', ')})`);
    }
    if (values.length > 0) {
      await this.#database.run(
        `INSERT INTO ${master} VALUES ${values.join(',')}`,
      );
    }
    if (documents.length === 0) return;
    // Much faster than to bind every cell as an expression of its own.
    const names = ['n', ...columns.map((_, index) => `c${index}`)];
    const types = [
      'BIGINT',
      ...columns.map(column => columnTypeSql(column.type)),
    ];
    const shape = [Object.fromEntries(names.map((n, i) => [n, types[i]]))];
    const data = documents.map(row =>
      Object.fromEntries(names.map((n, i) => [n, row[i]])),
    );
    await this.#database.run(
      `INSERT INTO ${master} SELECT UNNEST(from_json(${quoteText(
        JSON.stringify(data),
      )}, ${quoteText(JSON.stringify(shape))}), max_depth := 2)`,
    );
  }

  /**
   * Leaves every second row away, the same ones in all tables.
   *
   * @returns false where there are few rows as it is
   */
  async thin(): Promise<boolean> {
    let thinner = false;
    for (const { local, kept } of this.#tables) {
      const count = this.#counts[local] ?? 0;
      if (count <= FEW_ROWS) continue;
      thinner = true;
      const master = masterOf(local);
      // Of rows that the old dataset lacks, the first always stays: without it,
      // a query that forgets to leave them out would be as good as the old one.
      const numbered = kept
        ? `SELECT mig_row, ROW_NUMBER() OVER (ORDER BY mig_kept IS TRUE, mig_row) AS n FROM (${kept})`
        : `SELECT mig_row, mig_row + 1 AS n FROM ${master}`;
      await this.#database.run(
        `CREATE OR REPLACE TABLE ${master} AS SELECT old.* REPLACE (CAST(ROW_NUMBER() OVER (ORDER BY mig_row) - 1 AS BIGINT) AS mig_row) FROM ${master} AS old JOIN (${numbered}) AS numbered USING (mig_row) WHERE n % 2 = 1 ORDER BY mig_row`,
      );
      this.#counts = { ...this.#counts, [local]: Math.ceil(count / 2) };
    }
    return thinner;
  }

  /** False where the old dataset has every row of the new one, though some could be left out. */
  async leavesOut(): Promise<boolean> {
    const kept = this.#tables.find(table => table.kept)?.kept;
    if (!kept) return true;
    const { rows } = await this.#database.query(
      `SELECT 1 FROM (${kept}) WHERE mig_kept IS NOT TRUE LIMIT 1`,
    );
    return rows.length > 0;
  }

  /** Shows all rows, or the selected ones; shuffled with a seed, else in their order. */
  async show(options: {
    selection?: RowSelection;
    shuffle?: number;
  }): Promise<void> {
    for (const table of this.#tables) {
      await this.#show(
        table,
        options.selection?.[table.local],
        options.shuffle,
      );
    }
  }

  /** Takes all values out of a column of the shown rows, until others are shown. */
  async empty(local: string, column: string): Promise<void> {
    await this.#database.run(
      `UPDATE ${visibleOf(local)} SET ${quoteName(column)} = NULL`,
    );
  }

  /** Numbers of all rows. */
  everything(): RowSelection {
    return Object.fromEntries(
      Object.entries(this.#counts).map(([local, count]) => [
        local,
        Array.from({ length: count }, (_, index) => index),
      ]),
    );
  }

  /** SQL literals of the values that an old field takes in the present rows. */
  async oldValues(field: string): Promise<string[]> {
    const name = quoteName(field);
    const { rows, types } = await this.#database.query(
      `SELECT DISTINCT CAST(${name} AS VARCHAR) AS v, ANY_VALUE(${name}) FROM ${OLD_TABLE} WHERE ${name} IS NOT NULL GROUP BY 1 ORDER BY 1 LIMIT 24`,
    );
    const type = types[1];
    if (/[[{(]/.test(type.replace(/^DECIMAL\(.*/, ''))) return [];
    return rows.map(
      ([value]) => `CAST('${String(value).replace(/'/g, "''")}' AS ${type})`,
    );
  }

  /** Rows of the new dataset or of another table, as shown at present. */
  async contents(local: string): Promise<QueryResult> {
    return this.#database.query(`SELECT * FROM ${local}`);
  }

  async #show(table: BedTable, selection?: number[], shuffle?: number) {
    const condition = selection
      ? `WHERE mig_row IN (${selection.length ? selection.join(', ') : 'NULL'})`
      : '';
    const order =
      shuffle === undefined ? 'mig_row' : `hash(mig_row * 7919 + ${shuffle})`;
    await this.#database.run(
      `CREATE OR REPLACE TABLE ${visibleOf(
        table.local,
      )} AS SELECT * EXCLUDE (mig_row) FROM ${masterOf(
        table.local,
      )} ${condition} ORDER BY ${order}`,
    );
  }
}
