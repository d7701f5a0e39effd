import { Counterexample } from 'backstage-plugin-dataset-migration-common';
import { CompareOptions, compareResults } from '../compare/compareResults';
import { printTable } from '../compare/printTable';
import { RowSelection, shrinkRows } from '../compare/shrinkRows';
import { quoteName } from '../database/names';
import { ProverDatabase, QueryResult } from '../database/ProverDatabase';
import { PreparedStatement } from './prepareStatement';
import { TestBed } from './TestBed';

/** A wide table gets a wider example, not all of the time. */
const MAX_COLUMN_MS = 3000;

interface Search {
  bed: TestBed;
  database: ProverDatabase;
  prepared: PreparedStatement;
  compare: CompareOptions;
}

/** Rows that the contract does not allow are no example, however small. */
async function keepsForeignKeys(
  database: ProverDatabase,
  { foreignKeys }: PreparedStatement,
): Promise<boolean> {
  for (const { child, column, parent, parentColumn } of foreignKeys) {
    const { rows } = await database.query(
      `SELECT 1 FROM ${child} c WHERE c.${quoteName(
        column,
      )} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ${parent} p WHERE p.${quoteName(
        parentColumn,
      )} = c.${quoteName(column)}) LIMIT 1`,
    );
    if (rows.length > 0) return false;
  }
  return true;
}

async function differs({
  database,
  prepared,
  compare,
}: Search): Promise<boolean> {
  try {
    if (!(await keepsForeignKeys(database, prepared))) return false;
    const old = await database.query(prepared.oldQuery);
    const current = await database.query(prepared.newQuery);
    return !compareResults(old, current, compare).equal;
  } catch {
    return false;
  }
}

/** Columns, by table, without whose values old and new differ as well. */
async function needlessColumns(
  search: Search,
  selection: RowSelection,
): Promise<Map<string, Set<string>>> {
  const { bed, prepared } = search;
  const deadline = Date.now() + MAX_COLUMN_MS;
  const needless = new Map<string, Set<string>>();
  /** Those that the contract lets be NULL stay so. */
  const emptied: Array<[table: string, column: string]> = [];
  for (const { local, columns } of prepared.tables) {
    const found = new Set<string>();
    needless.set(local, found);
    for (const { name, required } of columns) {
      if (Date.now() > deadline) break;
      await bed.empty(local, name);
      const still = await differs(search);
      if (still) found.add(name);
      if (still && !required) emptied.push([local, name]);
      else {
        await bed.show({ selection });
        for (const [table, column] of emptied) await bed.empty(table, column);
      }
    }
  }
  return needless;
}

function withoutColumns(table: QueryResult, left: Set<string>): QueryResult {
  const kept = table.columns.flatMap((name, index) =>
    left.has(name) ? [] : [index],
  );
  // Rows without columns would say nothing at all.
  if (kept.length === 0) kept.push(0);
  return {
    columns: kept.map(index => table.columns[index]),
    types: kept.map(index => table.types[index]),
    rows: table.rows.map(row => kept.map(index => row[index])),
  };
}

/** The fewest rows and columns found on which old and new query still differ. */
export async function findCounterexample(options: Search): Promise<{
  counterexample: Counterexample;
  inputRows: Record<string, number>;
}> {
  const { bed, database, prepared } = options;
  const selection = await shrinkRows(bed.everything(), async candidate => {
    await bed.show({ selection: candidate });
    return differs(options);
  });
  await bed.show({ selection });
  const needless = await needlessColumns(options, selection);
  const inputs: Counterexample['inputs'] = {};
  const inputRows: Record<string, number> = {};
  for (const { local } of prepared.tables) {
    const name = prepared.displayNames[local] ?? local;
    const left = needless.get(local) ?? new Set();
    inputs[name] = printTable(withoutColumns(await bed.contents(local), left));
    inputRows[name] = selection[local].length;
  }
  return {
    inputRows,
    counterexample: {
      inputs,
      old: printTable(await database.query(prepared.oldQuery)),
      new: printTable(await database.query(prepared.newQuery)),
    },
  };
}
