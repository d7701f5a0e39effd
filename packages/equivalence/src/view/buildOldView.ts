import { DatasetMapping } from 'backstage-plugin-dataset-migration-common';
import { NEW_TABLE, quoteName, visibleOf } from '../database/names';
import { freezeStatement } from '../translate/freezeStatement';
import { translateQuery } from '../translate/translateQuery';
import { columnTypeSql } from '../types/ColumnType';
import { parseColumnType } from '../types/parseColumnType';
import { ViewField } from './resolveFields';

/** Name of the generated column that stands for an undecided field. */
export function opaqueColumn(index: number): string {
  return `mig_opaque_${index}`;
}

/**
 * The SELECT that gives the old dataset from the new one, in DuckDB:
 * `SELECT <is> AS <field>, … FROM new [WHERE …] [GROUP BY …]`.
 *
 * @throws TranslationError when an expression cannot be read
 */
export function buildOldView(
  mapping: DatasetMapping,
  fields: ViewField[],
): string {
  const { dialect, rows } = mapping;
  const grouped = rows.grain !== 'same';
  const translate = (sql: string) =>
    translateQuery(freezeStatement(sql, dialect), dialect, () =>
      visibleOf(NEW_TABLE),
    );
  const quote = dialect === 'bigquery' ? '`' : '"';
  const table = `${quote}${visibleOf(NEW_TABLE)}${quote}`;
  const columns = fields.map(({ value }, index) => {
    const name = `mig_field_${index}`;
    if (value.kind === 'expression') return `(${value.is}) AS ${name}`;
    if (value.kind === 'null') return `NULL AS ${name}`;
    const opaque = opaqueColumn(index);
    return `${grouped ? `MIN(${opaque})` : opaque} AS ${name}`;
  });
  const clauses = [`SELECT ${columns.join(', ')} FROM ${table}`];
  if (rows.where) clauses.push(`WHERE (${rows.where})`);
  if (rows.grain !== 'same') {
    clauses.push(`GROUP BY ${rows.grain.by.join(', ')}`);
  }
  // Old names come last: no expression may resolve to another field's name.
  const named = fields.map(({ field, value }, index) => {
    const column = `mig_field_${index}`;
    const type = columnTypeSql(
      parseColumnType(field.type, dialect, field.fields),
    );
    return `${
      value.kind === 'null' ? `CAST(NULL AS ${type})` : column
    } AS ${quoteName(field.name)}`;
  });
  return `SELECT ${named.join(', ')} FROM (${translate(clauses.join(' '))})`;
}

/**
 * Which rows of a table like the new dataset are in the old one: `mig_row`, `mig_kept`.
 *
 * @returns undefined where all of them are
 */
export function buildKeptRows(
  mapping: DatasetMapping,
  table: string,
): string | undefined {
  const { dialect, rows } = mapping;
  if (!rows.where) return undefined;
  const quote = dialect === 'bigquery' ? '`' : '"';
  const sql = `SELECT mig_row, (${rows.where}) AS mig_kept FROM ${quote}${table}${quote}`;
  return translateQuery(freezeStatement(sql, dialect), dialect, () => table);
}
