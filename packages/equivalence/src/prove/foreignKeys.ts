import { DatasetMapping } from 'backstage-plugin-dataset-migration-common';
import { NEW_TABLE } from '../database/names';
import { GeneratedColumn, generateRows } from '../generate/generateRows';
import { Random } from '../generate/Random';
import { columnTypeSql } from '../types/ColumnType';
import { BedTable } from './TestBed';

/** A foreign key between two inputs of a statement, by their local names. */
export interface ForeignKey {
  child: string;
  column: string;
  parent: string;
  parentColumn: string;
}

/**
 * Foreign keys of the new contract whose other end a statement reads, too. Columns of
 * different types are no key that could be kept.
 */
export function foreignKeys(
  { to }: DatasetMapping,
  tables: readonly BedTable[],
  displayNames: Readonly<Record<string, string>>,
): ForeignKey[] {
  const child = tables.find(({ local }) => local === NEW_TABLE);
  return to.contract.fields.flatMap(field => {
    const column = named(child?.columns ?? [], field.name);
    return (field.references ?? []).flatMap(reference =>
      tables.flatMap((parent): ForeignKey[] => {
        const name = displayNames[parent.local] ?? parent.local;
        const other = named(parent.columns, reference.field);
        const fits =
          parent.local !== NEW_TABLE &&
          isCalled(name, reference.table) &&
          column &&
          other &&
          columnTypeSql(column.type) === columnTypeSql(other.type);
        return fits
          ? [
              {
                child: NEW_TABLE,
                column: column.name,
                parent: parent.local,
                parentColumn: other.name,
              },
            ]
          : [];
      }),
    );
  });
}

/** Rows of a parent for the values of its children that it lacks, as SQL literals. */
export function missingParents(options: {
  keys: readonly ForeignKey[];
  parent: BedTable;
  rows: ReadonlyMap<string, string[][]>;
  columnsOf(local: string): GeneratedColumn[];
  random: Random;
}): string[][] {
  const { keys, parent, rows, columnsOf, random } = options;
  const columns = columnsOf(parent.local);
  const position = (local: string, name: string) =>
    columnsOf(local).findIndex(column => column.name === name);
  return keys
    .filter(key => key.parent === parent.local)
    .flatMap(({ child, column, parentColumn }) => {
      const to = position(parent.local, parentColumn);
      const from = position(child, column);
      const known = new Set((rows.get(parent.local) ?? []).map(row => row[to]));
      const missing = new Set(
        (rows.get(child) ?? [])
          .map(row => row[from])
          .filter(value => value !== 'NULL' && !known.has(value)),
      );
      const made = generateRows(columns, missing.size, random);
      return [...missing].map((value, index) =>
        made[index].map((cell, at) => (at === to ? value : cell)),
      );
    });
}

/** What a proof supposes of the rows of different tables, for people. */
export function describeForeignKeys(prepared: {
  foreignKeys: readonly ForeignKey[];
  displayNames: Readonly<Record<string, string>>;
}): string[] {
  return prepared.foreignKeys.map(
    ({ column, parent, parentColumn }) =>
      `every ${column} is in ${parentColumn} of ${
        prepared.displayNames[parent] ?? parent
      }, as the new contract says`,
  );
}

function named(
  columns: readonly GeneratedColumn[],
  name: string,
): GeneratedColumn | undefined {
  return columns.find(
    column => column.name.toLowerCase() === name.toLowerCase(),
  );
}

/** `project.lake.users` and `lake.users` by as many parts as both have; dbt's by the last. */
function isCalled(name: string, table: string): boolean {
  const parts = (text: string) =>
    text.toLowerCase().replace(/[`"]/g, '').split('.');
  const own = parts(name);
  const wanted = parts(table);
  const length = Math.min(own.length, wanted.length);
  const last = wanted[wanted.length - 1];
  return (
    own.slice(-length).join('.') === wanted.slice(-length).join('.') ||
    (own.length === 1 &&
      new RegExp(`^(?:ref|source)_(?:\\w+_)?${last.replace(/\W/g, '')}$`).test(
        own[0],
      ))
  );
}
