import { NEW_TABLE } from '../database/names';
import { generateRows } from '../generate/generateRows';
import { Random } from '../generate/Random';
import { Ties } from '../solve/CellWriter';
import { solveRows } from '../solve/solveRows';
import { TreeNode } from '../tree/QueryTree';
import { missingParents } from './foreignKeys';
import { Attempt } from './Attempt';

/** What the tables are filled with. */
export interface Filling {
  /** Queries whose conditions rows are made for. */
  queries: TreeNode[];
  views: Map<string, TreeNode>;
  /** How many rows are made for them, about. */
  budget: number;
  /** Random rows beside those, for the new dataset and for every other table. */
  rows: number;
  others: number;
  seed: number;
  ties: Ties;
  /** True for few rows that meet few others, where many took too long. */
  lean: boolean;
}

/** Fills all tables of a statement. */
export async function fillTables(
  attempt: Attempt,
  filling: Filling,
): Promise<void> {
  const { bed, prepared, database } = attempt;
  const random = new Random(filling.seed);
  const { rows: solved, pins } = await solveRows({
    ...filling,
    tables: prepared.tables,
    database,
    random,
  });
  const filled = new Map<string, string[][]>();
  const columnsOf = new Map(
    prepared.tables.map(({ local, columns, hidden }) => [
      local,
      [...columns, ...hidden],
    ]),
  );
  for (const [index, table] of prepared.tables.entries()) {
    if (index === 1 && filling.queries.length === 0) await suggest(attempt);
    const count = table.local === NEW_TABLE ? filling.rows : filling.others;
    const columns = [...table.columns, ...table.hidden];
    const extra = generateRows(columns, count, random);
    for (const [column, value] of pins.get(table.local) ?? []) {
      for (const row of extra) row[column] = value;
    }
    const rows = [...(solved.get(table.local) ?? []), ...extra];
    filled.set(table.local, rows);
    rows.push(
      ...missingParents({
        keys: prepared.foreignKeys,
        parent: table,
        rows: filled,
        columnsOf: local => columnsOf.get(local) ?? [],
        random,
      }),
    );
    await bed.fill(table.local, rows);
    if (filling.queries.length === 0) await bed.show({});
  }
}

/** Lets columns of other tables meet the old fields they are compared with. */
async function suggest({ bed, prepared }: Attempt): Promise<void> {
  for (const { table, column, field } of prepared.joins) {
    const target = prepared.tables
      .find(item => item.local === table)
      ?.columns.find(item => item.name === column);
    if (target) target.suggested = await bed.oldValues(field);
  }
}
