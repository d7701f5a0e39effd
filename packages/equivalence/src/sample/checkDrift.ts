import {
  DataContract,
  SampleProblem,
  SqlDialect,
} from 'backstage-plugin-dataset-migration-common';
import { ProverDatabase } from '../database/ProverDatabase';
import { columnFaults, driftError } from './columnFaults';
import { repeatedKey } from './repeatedKey';
import { SampleTable } from './SampleReader';

/** Where a sampled table is at odds with its contract: columns, types, NULLs, values, keys. */
export async function checkDrift(options: {
  side: 'from' | 'to';
  contract: DataContract;
  dialect: SqlDialect;
  table: SampleTable;
  database: ProverDatabase;
}): Promise<SampleProblem[]> {
  const { side, contract, dialect, table, database } = options;
  const problems: SampleProblem[] = [];
  for (const field of contract.fields) {
    const index = table.columns.findIndex(
      ({ name }) => name.toLowerCase() === field.name.toLowerCase(),
    );
    const faults =
      index < 0
        ? [
            driftError(
              'DRIFT_COLUMN_MISSING',
              `${table.name} has no column ${field.name}`,
            ),
          ]
        : await columnFaults(field, dialect, table, index, database);
    problems.push(
      ...faults.map(fault => ({ side, field: field.name, ...fault })),
    );
  }
  const keys = contract.fields.filter(({ primaryKey }) => primaryKey);
  const repeated = keys.length > 0 ? repeatedKey(keys, table) : undefined;
  if (repeated !== undefined) {
    problems.push({
      side,
      field: keys.map(({ name }) => name).join(', '),
      ...driftError(
        'DRIFT_NOT_UNIQUE',
        `${table.name} has the key ${repeated} more than once`,
      ),
    });
  }
  const known = new Set(contract.fields.map(({ name }) => name.toLowerCase()));
  for (const { name } of table.columns) {
    if (!known.has(name.toLowerCase())) {
      problems.push({
        side,
        field: name,
        code: 'DRIFT_COLUMN_EXTRA',
        severity: 'warning',
        message: `${table.name} has a column ${name} that the contract does not list`,
      });
    }
  }
  return problems;
}
