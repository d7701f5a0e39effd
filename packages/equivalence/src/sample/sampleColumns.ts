import { SqlDialect } from 'backstage-plugin-dataset-migration-common';
import { InputTable } from '../EquivalenceInput';
import { SampleTable } from './SampleReader';

/** Types of DuckDB that a dialect calls otherwise, or means something else by. */
const NAMES: Record<SqlDialect, Array<[RegExp, string]>> = {
  bigquery: [
    [/^(?:VARCHAR|UUID|ENUM\b.*)$/, 'STRING'],
    [/^U?(?:TINY|SMALL|BIG|HUGE)?INT(?:EGER)?$/, 'INT64'],
    [/^DECIMAL\b.*$/, 'NUMERIC'],
    [/^TIMESTAMP WITH TIME ZONE$/, 'TIMESTAMP'],
    [/^TIMESTAMP(?:_\w+)?$/, 'DATETIME'],
    [/^BLOB$/, 'BYTES'],
  ],
  snowflake: [
    [/^(?:UUID|ENUM\b.*)$/, 'VARCHAR'],
    [/^U?(?:TINY|SMALL|BIG|HUGE)?INT(?:EGER)?$/, 'INTEGER'],
    [/^DECIMAL\b.*$/, 'NUMBER(38, 9)'],
    [/^TIMESTAMP WITH TIME ZONE$/, 'TIMESTAMP_TZ'],
    [/^TIMESTAMP(?:_\w+)?$/, 'TIMESTAMP_NTZ'],
    [/^BLOB$/, 'BINARY'],
  ],
};

/** Columns of a sampled table as a statement declares them, in the dialect's types. */
export function sampleColumns(
  table: SampleTable,
  dialect: SqlDialect,
): NonNullable<InputTable['columns']> {
  return table.columns.map(({ name, type }) => {
    const known = NAMES[dialect].find(([pattern]) => pattern.test(type));
    return { name, type: known ? known[1] : type };
  });
}

/**
 * Names under which a sample may hold a table: as the query writes it, and for a dbt
 * reference (`ref_users`, `source_raw_users`) the names that it can stand for.
 */
export function sampleNames(name: string): string[] {
  const names = [name];
  if (/^(?:ref|source)_/.test(name)) {
    const parts = name.split('_').slice(1);
    for (let skip = 0; skip < parts.length; skip++) {
      names.push(parts.slice(skip).join('_'));
    }
  }
  return names;
}
