/** Scalar types that rows are generated for, as DuckDB names them. */
export type ScalarName =
  | 'BOOLEAN'
  | 'BIGINT'
  | 'DECIMAL(38, 9)'
  | 'DOUBLE'
  | 'VARCHAR'
  | 'BLOB'
  | 'DATE'
  | 'TIME'
  | 'TIMESTAMP'
  | 'TIMESTAMPTZ'
  | 'INTERVAL'
  | 'JSON';

/** A column's type after translation from a warehouse dialect. */
export type ColumnType =
  | {
      kind: 'scalar';
      name: ScalarName;
      /** False where the warehouse type has no counterpart and text stands for it. */
      known: boolean;
    }
  | { kind: 'array'; item: ColumnType }
  | { kind: 'struct'; fields: Array<{ name: string; type: ColumnType }> };

/** The DuckDB spelling, for CREATE TABLE and CAST. */
export function columnTypeSql(type: ColumnType): string {
  switch (type.kind) {
    case 'array':
      return `${columnTypeSql(type.item)}[]`;
    case 'struct':
      return `STRUCT(${type.fields
        .map(
          field =>
            `"${field.name.replace(/"/g, '""')}" ${columnTypeSql(field.type)}`,
        )
        .join(', ')})`;
    default:
      return type.name;
  }
}
