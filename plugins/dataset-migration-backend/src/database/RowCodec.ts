/** How one property of a record is kept in a column. */
export type ColumnKind = 'text' | 'number' | 'json';

type DatabaseRow = Record<string, unknown>;

/**
 * Converts between records and rows: camel case to snake case, absent to null, JSON to text, and
 * bigint columns (strings in the PostgreSQL driver) to numbers.
 */
export class RowCodec<TRecord extends object> {
  readonly columns: string[];
  readonly #kinds: Array<[property: string, column: string, kind: ColumnKind]>;

  constructor(kinds: { [P in keyof Required<TRecord>]: ColumnKind }) {
    this.#kinds = Object.entries<ColumnKind>(kinds).map(([property, kind]) => [
      property,
      toColumn(property),
      kind,
    ]);
    this.columns = this.#kinds.map(([, column]) => column);
  }

  /** Every column of the record; absent properties become null. */
  toRow(record: TRecord): DatabaseRow {
    return this.#encode(record, this.#kinds);
  }

  /** Only the columns whose properties `changes` has; an undefined one becomes null. */
  toChanges(changes: Partial<TRecord>): DatabaseRow {
    return this.#encode(
      changes,
      this.#kinds.filter(([property]) => Object.hasOwn(changes, property)),
    );
  }

  fromRow(row: DatabaseRow): TRecord {
    const record: Record<string, unknown> = {};
    for (const [property, column, kind] of this.#kinds) {
      const value = row[column];
      if (value !== null && value !== undefined) {
        record[property] = decode(value, kind);
      }
    }
    return record as TRecord;
  }

  #encode(
    record: object,
    kinds: Array<[property: string, column: string, kind: ColumnKind]>,
  ): DatabaseRow {
    const values = record as Record<string, unknown>;
    return Object.fromEntries(
      kinds.map(([property, column, kind]) => {
        const value = values[property];
        if (value === undefined) return [column, null];
        if (kind === 'json') return [column, JSON.stringify(value)];
        // PostgreSQL's text takes no NUL, and what people and runners write may hold one.
        return [
          column,
          typeof value === 'string' ? value.replaceAll('\0', '\uFFFD') : value,
        ];
      }),
    );
  }
}

function decode(value: unknown, kind: ColumnKind): unknown {
  switch (kind) {
    case 'number':
      return Number(value);
    case 'json':
      return JSON.parse(String(value));
    default:
      return value;
  }
}

function toColumn(property: string): string {
  return property.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`);
}
