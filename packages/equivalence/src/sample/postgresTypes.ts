const PLAIN: Record<string, string> = {
  smallint: 'SMALLINT',
  integer: 'INTEGER',
  bigint: 'BIGINT',
  real: 'FLOAT',
  'double precision': 'DOUBLE',
  numeric: 'DECIMAL(38,9)',
  boolean: 'BOOLEAN',
  date: 'DATE',
  'timestamp without time zone': 'TIMESTAMP',
  'timestamp with time zone': 'TIMESTAMP WITH TIME ZONE',
  'time without time zone': 'TIME',
  interval: 'INTERVAL',
  bytea: 'BLOB',
  json: 'JSON',
  jsonb: 'JSON',
  uuid: 'UUID',
};
const MAX_DIGITS = 38;

/** A type as PostgreSQL's `format_type` prints it, as DuckDB names it. */
export function duckType(type: string): string {
  if (type.endsWith('[]')) {
    return `${duckType(type.slice(0, -2))}[]`;
  }
  const digits = /^numeric\((\d+),(\d+)\)$/.exec(type);
  if (digits) {
    return Number(digits[1]) > MAX_DIGITS
      ? 'DOUBLE'
      : `DECIMAL(${digits[1]},${digits[2]})`;
  }
  // The precision of times stands inside of their names.
  return PLAIN[type.replace(/\(\d+\)/, '')] ?? 'VARCHAR';
}

/** An expression that prints a column so that DuckDB casts it back. */
export function printedColumn(column: string, type: string): string {
  if (type.endsWith('[]')) {
    return `array_to_json(${column})::text`;
  }
  return type === 'bytea'
    ? `regexp_replace(encode(${column}, 'hex'), '(..)', '\\x\\1', 'g')`
    : `${column}::text`;
}
