import { Counterexample } from 'backstage-plugin-dataset-migration-common';
import { CompareOptions, compareResults } from '../compare/compareResults';
import { printTable } from '../compare/printTable';
import { RowSelection, shrinkRows } from '../compare/shrinkRows';
import { ProverDatabase } from '../database/ProverDatabase';
import { PreparedStatement } from './prepareStatement';
import { TestBed } from './TestBed';

/** The fewest rows found on which old and new query still differ. */
export async function findCounterexample(options: {
  bed: TestBed;
  database: ProverDatabase;
  prepared: PreparedStatement;
  compare: CompareOptions;
}): Promise<{
  counterexample: Counterexample;
  inputRows: Record<string, number>;
}> {
  const { bed, database, prepared, compare } = options;
  const fails = async (selection: RowSelection) => {
    try {
      await bed.show({ selection });
      const old = await database.query(prepared.oldQuery);
      const current = await database.query(prepared.newQuery);
      return !compareResults(old, current, compare).equal;
    } catch {
      return false;
    }
  };
  const selection = await shrinkRows(bed.everything(), fails);
  await bed.show({ selection });
  const inputs: Counterexample['inputs'] = {};
  const inputRows: Record<string, number> = {};
  for (const { local } of prepared.tables) {
    const name = prepared.displayNames[local] ?? local;
    inputs[name] = printTable(await bed.contents(local));
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
