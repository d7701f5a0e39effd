import { DatasetMapping } from 'backstage-plugin-dataset-migration-common';
import { InputTable } from '../EquivalenceInput';
import { NEW_TABLE, OLD_TABLE, otherTable } from '../database/names';
import { TableReference } from '../translate/findTables';
import { datasetFit, tableNameFit } from '../translate/matchTableName';

/** Another input table of a statement, under its local name. */
export interface OtherTable {
  local: string;
  /** As the query or the caller names it. */
  name: string;
  columns?: InputTable['columns'];
}

/** Gives every table that a statement reads its local stand-in. */
export class LocalTableMap {
  readonly #mapping: DatasetMapping;
  readonly #others: OtherTable[];

  constructor(mapping: DatasetMapping, tables: InputTable[]) {
    this.#mapping = mapping;
    this.#others = tables.map((table, index) => ({
      local: otherTable(index),
      name: table.name,
      columns: table.columns?.length ? table.columns : undefined,
    }));
  }

  /** All other tables seen so far, known or not. */
  get others(): readonly OtherTable[] {
    return this.#others;
  }

  /** The local name of the table that a reference reads. */
  resolve(table: TableReference): string {
    const { from, to } = this.#mapping;
    const candidates = [
      { local: OLD_TABLE, fit: datasetFit(table.parts, from.names) },
      { local: NEW_TABLE, fit: datasetFit(table.parts, to.names) },
      ...this.#others.map(other => ({
        local: other.local,
        fit: tableNameFit(table.parts, other.name),
      })),
    ];
    const best = candidates.reduce((a, b) => (b.fit > a.fit ? b : a));
    if (best.fit > 0) return best.local;
    const local = otherTable(this.#others.length);
    this.#others.push({ local, name: table.parts.join('.') });
    return local;
  }
}
