import { ColumnType, columnTypeSql } from '../types/ColumnType';

/** A column of another table whose type nobody declares. */
export interface GuessedColumn {
  /** Local name of the table. */
  table: string;
  name: string;
  type: ColumnType;
}

/** A column with its type. */
export interface NamedType {
  name: string;
  type: ColumnType;
}

/** Stands for the table of a function's results, whose columns are functions. */
export const RESULTS = '()';

/** Different types that one column is given at most. */
const MAX_TYPES = 4;
/** A struct is learned field by field. */
const MAX_STRUCTS = 40;

function keyOf(table: string, name: string): string {
  return `${table}.${name.toLowerCase()}`;
}

/** What the engine's refusals of an old query tell about columns that nobody declares. */
export class LearnedColumns {
  readonly #types = new Map<string, ColumnType>();
  readonly #tried = new Map<string, Set<string>>();
  readonly #removed = new Set<string>();
  readonly #needed = new Set<string>();
  readonly #added = new Map<string, string[]>();
  readonly #whole = new Map<string, NamedType[]>();

  typeOf(table: string, name: string): ColumnType | undefined {
    return this.#types.get(keyOf(table, name));
  }

  /** All columns of a table, in their order, where another relation tells them. */
  wholeOf(table: string): NamedType[] | undefined {
    return this.#whole.get(table);
  }

  /** @returns false where these are its columns already */
  setWhole(table: string, columns: NamedType[]): boolean {
    const text = (list: NamedType[]) =>
      list.map(({ name, type }) => `${name} ${columnTypeSql(type)}`).join();
    const before = this.#whole.get(table);
    if (before && text(before) === text(columns)) return false;
    this.#whole.set(table, columns);
    for (const { name } of columns) {
      this.#types.delete(keyOf(table, name));
      this.#removed.delete(keyOf(table, name));
    }
    return true;
  }

  /** Columns that a table turned out to have. */
  addedTo(table: string): string[] {
    return this.#added.get(table) ?? [];
  }

  /** @returns false where the column has that type, or had it before */
  setType(column: GuessedColumn, type: ColumnType): boolean {
    const key = keyOf(column.table, column.name);
    const tried = this.#tried.get(key) ?? new Set<string>();
    tried.add(columnTypeSql(column.type));
    this.#tried.set(key, tried);
    const text = columnTypeSql(type);
    const limit = type.kind === 'scalar' ? MAX_TYPES : MAX_STRUCTS;
    if (tried.has(text) || tried.size > limit) return false;
    tried.add(text);
    this.#types.set(key, type);
    return true;
  }

  /** True for a column that a table turned out not to have. */
  lacks(table: string, name: string): boolean {
    return this.#removed.has(keyOf(table, name));
  }

  /** @returns false where the column was not there already, or was added on purpose */
  remove(table: string, name: string): boolean {
    const lower = name.toLowerCase();
    if (this.addedTo(table).some(known => known.toLowerCase() === lower)) {
      return false;
    }
    if (this.#needed.has(keyOf(table, name))) return false;
    const before = this.#removed.size;
    return this.#removed.add(keyOf(table, name)).size > before;
  }

  /**
   * Also gives back a column that was taken away: of two tables, the other one was meant.
   *
   * @returns false where the table has the column
   */
  add(table: string, name: string): boolean {
    const key = keyOf(table, name);
    if (this.#needed.has(key)) return false;
    if (this.#removed.delete(key)) {
      this.#needed.add(key);
      return true;
    }
    const names = this.addedTo(table);
    const lower = name.toLowerCase();
    if (names.some(known => known.toLowerCase() === lower)) return false;
    this.#added.set(table, [...names, name]);
    return true;
  }
}
