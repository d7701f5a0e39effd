import {
  ContractField,
  DatasetMapping,
  FieldAnswer,
} from 'backstage-plugin-dataset-migration-common';
import { OLD_TABLE, quoteName, quoteText } from '../database/names';
import { ProverDatabase, QueryResult } from '../database/ProverDatabase';
import { setUpAttempt } from '../prove/Attempt';
import { columnTypeSql } from '../types/ColumnType';
import { parseColumnType } from '../types/parseColumnType';
import { fillFromSample } from './fillFromSample';
import { SampleTable } from './SampleReader';

/** Names the comparison of a mapping with real data among other cases. */
export const MAPPING_CASE = { path: '', label: 'the mapping itself' };

/** What the mapping is compared on. */
export interface MappingSample {
  mapping: DatasetMapping;
  answers: FieldAnswer[];
  oldTable: SampleTable;
  newTable: SampleTable;
  database: ProverDatabase;
}

/** Both sides with the same columns and types, without what nobody has decided. */
export async function mappedRows(
  options: MappingSample,
): Promise<{ view: QueryResult; real: QueryResult; keys: number[] }> {
  const { mapping, answers, oldTable, newTable, database } = options;
  const readAll = ({ names, contract }: DatasetMapping['from']) =>
    `SELECT * FROM ${written(names.tables[0] ?? contract.table, mapping)}`;
  const { bed, prepared } = await setUpAttempt(
    mapping,
    {
      ...MAPPING_CASE,
      oldSql: readAll(mapping.from),
      newSql: readAll(mapping.to),
      ordered: false,
      tables: [],
    },
    answers,
    database,
  );
  await fillFromSample(bed, prepared.tables[0], newTable);
  await bed.show({});
  const fields = prepared.fields.flatMap(({ field, value }) => {
    const index = oldTable.columns.findIndex(
      ({ name }) => name.toLowerCase() === field.name.toLowerCase(),
    );
    const type = parseColumnType(field.type, mapping.dialect, field.fields);
    return value.kind === 'expression' && index >= 0
      ? [{ name: field.name, key: field, index, type: columnTypeSql(type) }]
      : [];
  });
  const columns = fields.map(({ name, type }) => `${quoteName(name)} ${type}`);
  await database.run(`CREATE TABLE mig_sample (${columns.join(', ')})`);
  const rows = oldTable.rows.map(
    row =>
      `(${fields
        .map(({ index, type }) => {
          const value = row[index];
          return value === null
            ? 'NULL'
            : `TRY_CAST(${quoteText(value)} AS ${type})`;
        })
        .join(', ')})`,
  );
  if (rows.length > 0) {
    await database.run(`INSERT INTO mig_sample VALUES ${rows.join(', ')}`);
  }
  const list = fields
    .map(({ name, type }) => `CAST(${quoteName(name)} AS ${type})`)
    .join(', ');
  const named = fields.map(({ name }) => name);
  const view = await database.query(`SELECT ${list} FROM ${OLD_TABLE}`);
  const real = await database.query(`SELECT ${list} FROM mig_sample`);
  return {
    view: { ...view, columns: named },
    real: { ...real, columns: named },
    keys: keyOf(mapping, fields),
  };
}

function written(table: string, { dialect }: DatasetMapping): string {
  return dialect === 'bigquery' ? `\`${table.replace(/`/g, '')}\`` : table;
}

/** Positions of the fields that tell rows apart: the old primary key, or one unique field. */
function keyOf(
  mapping: DatasetMapping,
  fields: Array<{
    name: string;
    key: ContractField;
  }>,
): number[] {
  const wanted = mapping.from.contract.fields.filter(each => each.primaryKey);
  const primary = fields.flatMap(({ key }, index) =>
    key.primaryKey ? [index] : [],
  );
  if (primary.length > 0 && primary.length === wanted.length) {
    return primary;
  }
  const unique = fields.findIndex(({ key }) => key.unique);
  return unique < 0 ? [] : [unique];
}
