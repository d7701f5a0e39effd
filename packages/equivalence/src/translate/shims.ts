import { SqlDialect } from 'backstage-plugin-dataset-migration-common';
import { applyEdits, TextEdit } from './applyEdits';
import { tokens } from './polyglot';

/**
 * Functions whose translation is missing or wrong in polyglot: called under a
 * name of ours, they pass through it untouched and end in a macro.
 */
const SHIMS: Record<SqlDialect, Record<string, string>> = {
  bigquery: {
    TIMESTAMP_MILLIS: `(ms) AS make_timestamp(CAST(ms AS BIGINT) * 1000)::TIMESTAMPTZ`,
    TIMESTAMP_SECONDS: `(s) AS make_timestamp(CAST(s AS BIGINT) * 1000000)::TIMESTAMPTZ`,
    TIMESTAMP_MICROS: `(us) AS make_timestamp(CAST(us AS BIGINT))::TIMESTAMPTZ`,
    UNIX_MILLIS: `(ts) AS epoch_ms(ts)`,
    UNIX_SECONDS: `(ts) AS epoch_us(ts) // 1000000`,
    UNIX_MICROS: `(ts) AS epoch_us(ts)`,
    DATE: `(x) AS CAST(x AS DATE), (x, tz) AS CAST(timezone(tz, CAST(x AS TIMESTAMPTZ)) AS DATE), (y, m, d) AS make_date(y, m, d)`,
    DATETIME: `(x) AS CAST(x AS TIMESTAMP), (x, tz) AS timezone(tz, CAST(x AS TIMESTAMPTZ)), (y, m, d, h, i, s) AS make_timestamp(y, m, d, h, i, CAST(s AS DOUBLE))`,
    UNIX_DATE: `(d) AS date_diff('day', DATE '1970-01-01', d)`,
    DATE_FROM_UNIX_DATE: `(n) AS (DATE '1970-01-01' + CAST(n AS INTEGER))`,
    SAFE_DIVIDE: `(a, b) AS CASE WHEN b = 0 THEN NULL ELSE a / b END`,
    IEEE_DIVIDE: `(a, b) AS CAST(a AS DOUBLE) / CAST(b AS DOUBLE)`,
    DIV: `(a, b) AS CAST(trunc(a / b) AS BIGINT)`,
    STARTS_WITH: `(s, p) AS starts_with(s, p)`,
    ENDS_WITH: `(s, p) AS suffix(s, p)`,
    LOGICAL_AND: `(b) AS bool_and(b)`,
    LOGICAL_OR: `(b) AS bool_or(b)`,
    ARRAY_LENGTH: `(a) AS len(a)`,
    BYTE_LENGTH: `(s) AS strlen(s)`,
    CHAR_LENGTH: `(s) AS length(s)`,
  },
  snowflake: {
    DIV0: `(a, b) AS CASE WHEN b = 0 THEN 0 ELSE a / b END`,
    DIV0NULL: `(a, b) AS CASE WHEN b = 0 OR b IS NULL THEN 0 ELSE a / b END`,
    ZEROIFNULL: `(a) AS coalesce(a, 0)`,
    NULLIFZERO: `(a) AS nullif(a, 0)`,
  },
};

const PREFIX = 'shim_';

/** CREATE MACRO statements for a dialect's shims. */
export function shimMacros(dialect: SqlDialect): string[] {
  return Object.entries(SHIMS[dialect]).map(
    ([name, body]) => `CREATE MACRO ${PREFIX}${name.toLowerCase()}${body}`,
  );
}

/** Points calls of shimmed functions at our macros. */
export function renameShimmedFunctions(
  sql: string,
  dialect: SqlDialect,
): string {
  const list = tokens(sql, dialect);
  const edits: TextEdit[] = [];
  for (const [index, token] of list.entries()) {
    const name = token.text.toUpperCase();
    if (
      list[index + 1]?.type === 'L_PAREN' &&
      list[index - 1]?.type !== 'DOT' &&
      token.type !== 'STRING' &&
      Object.hasOwn(SHIMS[dialect], name)
    ) {
      edits.push({ ...token, text: PREFIX + name.toLowerCase() });
    }
  }
  return applyEdits(sql, edits);
}
