import {
  ContractField,
  SampleProblem,
  SqlDialect,
} from 'backstage-plugin-dataset-migration-common';
import { quoteText } from '../database/names';
import { ProverDatabase } from '../database/ProverDatabase';
import { ColumnType, columnTypeSql } from '../types/ColumnType';
import { compareTypes } from '../types/compareTypes';
import { parseColumnType } from '../types/parseColumnType';
import { repeatedKey } from './repeatedKey';
import { SampleTable } from './SampleReader';

/** A problem without its place. */
export type Fault = Omit<SampleProblem, 'side' | 'field'>;

const MAX_SHOWN = 5;

export function driftError(code: string, message: string): Fault {
  return { code, severity: 'error', message };
}

/** Where one column of a sample is at odds with its field: type, NULLs, values. */
export async function columnFaults(
  field: ContractField,
  dialect: SqlDialect,
  table: SampleTable,
  index: number,
  database: ProverDatabase,
): Promise<Fault[]> {
  const faults: Fault[] = [];
  const type = parseColumnType(field.type, dialect, field.fields);
  const values = table.rows.map(row => row[index]);
  const present = values.filter((value): value is string => value !== null);
  const wrong =
    typeFault(field, type, table, index, dialect) ??
    (await valueFault(field, type, present, database));
  if (wrong) {
    faults.push(wrong);
  }
  const missing = values.length - present.length;
  if ((field.required || field.primaryKey) && missing > 0) {
    faults.push(
      driftError(
        'DRIFT_NULL',
        `${field.name} is required, and NULL in ${missing} of ${values.length} rows`,
      ),
    );
  }
  const allowed = field.enum && new Set(field.enum);
  const others = [
    ...new Set(allowed ? present.filter(value => !allowed.has(value)) : []),
  ];
  if (others.length > 0) {
    faults.push(
      driftError(
        'DRIFT_ENUM',
        `${field.name} has values that the contract does not list: ${listed(
          others,
        )}`,
      ),
    );
  }
  const repeated = field.unique ? repeatedKey([field], table) : undefined;
  if (repeated !== undefined) {
    faults.push(
      driftError(
        'DRIFT_NOT_UNIQUE',
        `${field.name} is unique, and ${repeated} is there more than once`,
      ),
    );
  }
  return faults;
}

function typeFault(
  field: ContractField,
  type: ColumnType,
  table: SampleTable,
  index: number,
  dialect: SqlDialect,
): Fault | undefined {
  const real = table.columns[index].type;
  const isText = type.kind === 'scalar' && type.name === 'JSON';
  const unknown = type.kind === 'scalar' && !type.known;
  if (!table.typed || unknown || (isText && real === 'VARCHAR')) {
    return undefined;
  }
  const fit = compareTypes(real, columnTypeSql(type), dialect);
  if (fit === 'exact') {
    return undefined;
  }
  return {
    code: 'DRIFT_TYPE',
    severity: fit === 'widening' ? 'warning' : 'error',
    message: `${field.name} is ${real}; the contract says ${field.type}`,
  };
}

/** Text that does not read as the contract's type. */
async function valueFault(
  field: ContractField,
  type: ColumnType,
  present: string[],
  database: ProverDatabase,
): Promise<Fault | undefined> {
  if (present.length === 0 || (type.kind === 'scalar' && !type.known)) {
    return undefined;
  }
  const values = [...new Set(present)];
  const { rows } = await database.query(
    `SELECT v FROM (VALUES ${values
      .map(value => `(${quoteText(value)})`)
      .join(', ')}) AS t(v) WHERE TRY_CAST(v AS ${columnTypeSql(
      type,
    )}) IS NULL LIMIT ${MAX_SHOWN + 1}`,
  );
  return rows.length > 0
    ? driftError(
        'DRIFT_TYPE',
        `${field.name} has values that are no ${field.type}: ${listed(
          rows.map(([value]) => String(value)),
        )}`,
      )
    : undefined;
}

function listed(values: string[]): string {
  const shown = values
    .slice(0, MAX_SHOWN)
    .map(value => JSON.stringify(value.slice(0, 60)));
  return `${shown.join(', ')}${values.length > MAX_SHOWN ? ', …' : ''}`;
}
