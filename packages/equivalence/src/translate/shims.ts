import { SqlDialect } from 'backstage-plugin-dataset-migration-common';
import { applyEdits, TextEdit } from './applyEdits';
import { tokens } from './polyglot';
import { ANY_ORDER_MACRO } from './unorderedLists';

/** Snowflake's point in time from text, a number of seconds, or a point in time. */
const POINT_IN_TIME = `(x) AS COALESCE(TRY_CAST(CAST(x AS VARCHAR) AS TIMESTAMP), make_timestamp(TRY_CAST(CAST(x AS VARCHAR) AS BIGINT) * 1000000)), (x, scale) AS COALESCE(make_timestamp(CAST(TRY_CAST(CAST(x AS VARCHAR) AS DOUBLE) * power(10, 6 - TRY_CAST(CAST(scale AS VARCHAR) AS INTEGER)) AS BIGINT)), TRY_CAST(CAST(x AS VARCHAR) AS TIMESTAMP))`;
const ZONED = POINT_IN_TIME.replace(/AS COALESCE\(/g, 'AS mig_zoned(');
const UNIT_DIFFERENCE = `(unit, a, b) AS date_diff(CAST(unit AS VARCHAR), CAST(a AS TIMESTAMP), CAST(b AS TIMESTAMP))`;
const AS_NUMBER = `(s) AS TRY_CAST(s AS DOUBLE), (s, p) AS TRY_CAST(s AS DOUBLE), (s, p, q) AS TRY_CAST(s AS DOUBLE)`;
/** Formats of Snowflake in both cases, with their quoted parts; a call of `upper` would not be constant. */
const FORMAT_PARTS = [
  ['"', ''],
  ['YYYY', '%Y'],
  ['YY', '%y'],
  ['MMMM', '%B'],
  ['MON', '%b'],
  ['Mon', '%b'],
  ['MM', '%m'],
  ['DD', '%d'],
  ['HH24', '%H'],
  ['HH12', '%I'],
  ['MI', '%M'],
  ['SS', '%S'],
]
  .flatMap(([part, code]) => [
    [part, code],
    [part.toLowerCase(), code],
  ])
  .reduce(
    (text, [part, code]) => `replace(${text}, '${part}', '${code}')`,
    'f',
  );
const FORMATTED = `(x) AS CAST(x AS VARCHAR), (x, f) AS strftime(x, ${FORMAT_PARTS})`;
const JSON_TEXT = `(j) AS TRY(json_extract_string(j, '$')), (j, p) AS TRY(json_extract_string(j, p))`;
const JSON_PART = `(j) AS TRY(json_extract(j, '$')), (j, p) AS TRY(json_extract(j, p))`;
const JSON_PARTS = `(j) AS TRY(CAST(json_extract(j, '$[*]') AS VARCHAR[])), (j, p) AS TRY(CAST(json_extract(j, p || '[*]') AS VARCHAR[]))`;
const JSON_TEXTS = `(j) AS TRY(json_extract_string(j, '$[*]')), (j, p) AS TRY(json_extract_string(j, p || '[*]'))`;

/**
 * Functions whose translation is missing or wrong in polyglot: called under a
 * name of ours, they pass through it untouched and end in a macro. Errors are
 * not compared, so what cannot be read becomes NULL.
 */
const SHIMS: Record<SqlDialect, Record<string, string>> = {
  bigquery: {
    TIMESTAMP_MILLIS: `(ms) AS make_timestamp(CAST(ms AS BIGINT) * 1000)::TIMESTAMPTZ`,
    TIMESTAMP_SECONDS: `(s) AS make_timestamp(CAST(s AS BIGINT) * 1000000)::TIMESTAMPTZ`,
    TIMESTAMP_MICROS: `(us) AS make_timestamp(CAST(us AS BIGINT))::TIMESTAMPTZ`,
    UNIX_MILLIS: `(ts) AS epoch_ms(ts)`,
    UNIX_SECONDS: `(ts) AS epoch_us(ts) // 1000000`,
    UNIX_MICROS: `(ts) AS epoch_us(ts)`,
    DATE: `(x) AS CAST(x AS DATE), (x, tz) AS CAST(timezone(shim_zone(tz), CAST(x AS TIMESTAMPTZ)) AS DATE), (y, m, d) AS make_date(y, m, d)`,
    TIMESTAMP: `(x) AS CAST(x AS TIMESTAMPTZ), (x, tz) AS timezone(shim_zone(tz), CAST(x AS TIMESTAMP))`,
    TIME: `(x) AS CAST(CAST(x AS TIMESTAMP) AS TIME), (x, tz) AS CAST(timezone(shim_zone(tz), CAST(x AS TIMESTAMPTZ)) AS TIME), (h, m, s) AS make_time(h, m, CAST(s AS DOUBLE))`,
    SAFE_CONVERT_BYTES_TO_STRING: `(b) AS TRY(decode(b))`,
    FROM_BASE64: `(s) AS TRY(from_base64(s))`,
    DATETIME: `(x) AS CAST(x AS TIMESTAMP), (x, t TIME) AS CAST(x AS DATE) + t, (x, tz VARCHAR) AS timezone(shim_zone(tz), CAST(x AS TIMESTAMPTZ)), (y, m, d, h, i, s) AS make_timestamp(y, m, d, h, i, CAST(s AS DOUBLE))`,
    UNIX_DATE: `(d) AS date_diff('day', DATE '1970-01-01', d)`,
    DATE_FROM_UNIX_DATE: `(n) AS (DATE '1970-01-01' + CAST(n AS INTEGER))`,
    PARSE_DATE: `(f, s) AS CAST(try_strptime(s, f) AS DATE)`,
    PARSE_DATETIME: `(f, s) AS try_strptime(s, f)`,
    PARSE_TIMESTAMP: `(f, s) AS try_strptime(s, f)::TIMESTAMPTZ, (f, s, tz) AS timezone(shim_zone(tz), try_strptime(s, f))`,
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
    NORMALIZE: `(s) AS nfc_normalize(s), (s, f) AS nfc_normalize(s)`,
    FARM_FINGERPRINT: `(s) AS CAST(hash(s) >> 1 AS BIGINT)`,
    PARSE_JSON: `(j) AS TRY_CAST(j AS JSON), (j, wide_number_mode) AS TRY_CAST(j AS JSON)`,
    JSON_VALUE: JSON_TEXT,
    JSON_EXTRACT_SCALAR: JSON_TEXT,
    JSON_EXTRACT: JSON_PART,
    JSON_QUERY: JSON_PART,
    JSON_EXTRACT_ARRAY: JSON_PARTS,
    JSON_QUERY_ARRAY: JSON_PARTS,
    JSON_VALUE_ARRAY: JSON_TEXTS,
    JSON_EXTRACT_STRING_ARRAY: JSON_TEXTS,
  },
  snowflake: {
    STARTSWITH: `(s, p) AS starts_with(s, p)`,
    ENDSWITH: `(s, p) AS suffix(s, p)`,
    SPLIT_PART: `(s, d, n) AS split_part(CAST(s AS VARCHAR), d, CASE WHEN n = 0 THEN 1 ELSE n END)`,
    DIV0: `(a, b) AS CASE WHEN b = 0 THEN 0 ELSE a / b END`,
    DIV0NULL: `(a, b) AS CASE WHEN b = 0 OR b IS NULL THEN 0 ELSE a / b END`,
    ZEROIFNULL: `(a) AS coalesce(a, 0)`,
    NULLIFZERO: `(a) AS nullif(a, 0)`,
    TO_VARCHAR: FORMATTED,
    TO_CHAR: FORMATTED,
    TO_NUMBER: AS_NUMBER,
    TO_DOUBLE: AS_NUMBER,
    TRY_TO_NUMBER: AS_NUMBER,
    TRY_TO_NUMERIC: AS_NUMBER,
    TRY_TO_DECIMAL: AS_NUMBER,
    TRY_TO_DOUBLE: AS_NUMBER,
    TO_TIMESTAMP: POINT_IN_TIME,
    TO_TIMESTAMP_NTZ: POINT_IN_TIME,
    TRY_TO_TIMESTAMP: POINT_IN_TIME,
    TRY_TO_TIMESTAMP_NTZ: POINT_IN_TIME,
    TO_TIMESTAMP_LTZ: ZONED,
    TO_TIMESTAMP_TZ: ZONED,
    DATEDIFF: UNIT_DIFFERENCE,
    TIMESTAMPDIFF: UNIT_DIFFERENCE,
    TIMEDIFF: UNIT_DIFFERENCE,
    PARSE_JSON: `(j) AS TRY_CAST(j AS JSON)`,
    TRY_PARSE_JSON: `(j) AS TRY_CAST(j AS JSON)`,
    ARRAY_SIZE: `(a) AS TRY(json_array_length(CAST(a AS JSON)))`,
    OBJECT_AGG: `(k, v) AS json_group_object(k, v)`,
    SHA2: `(s) AS sha256(s), (s, n) AS sha256(s)`,
    SHA2_HEX: `(s) AS sha256(s), (s, n) AS sha256(s)`,
  },
};

const PREFIX = 'shim_';
/** Functions whose first argument is a unit that may come without quotes. */
const UNIT_FIRST = /^(DATEDIFF|TIMESTAMPDIFF|TIMEDIFF)$/;

/** Names of time zones, as far as rows may hold any text: no zone gives an error, which is not compared. */
const ZONE = `CREATE MACRO shim_zone(z) AS CASE WHEN z IS NULL OR regexp_full_match(z, 'UTC|GMT|Zulu|[+-]\\d\\d:\\d\\d|(US|Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Canada|Etc|Europe|Indian|Pacific)/\\w.*') THEN z ELSE list_extract(['UTC', 'America/New_York', 'Asia/Tokyo'], CAST(hash(z) % 3 + 1 AS BIGINT)) END`;

/** What other macros are made of. */
const BASICS = [
  `CREATE MACRO mig_zoned(a, b) AS COALESCE(a, b)::TIMESTAMPTZ`,
  `CREATE MACRO mig_items(x) AS CASE json_type(CAST(x AS JSON)) WHEN 'OBJECT' THEN json_extract(CAST(x AS JSON), '$.*') ELSE json_extract(CAST(x AS JSON), '$[*]') END`,
];

/** CREATE MACRO statements for a dialect's shims. */
export function shimMacros(dialect: SqlDialect): string[] {
  return [
    ZONE,
    ANY_ORDER_MACRO,
    ...(dialect === 'snowflake' ? BASICS : []),
    ...Object.entries(SHIMS[dialect]).map(
      ([name, body]) => `CREATE MACRO ${PREFIX}${name.toLowerCase()}${body}`,
    ),
  ];
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
      list[index + 1]?.type !== 'L_PAREN' ||
      list[index - 1]?.type === 'DOT' ||
      token.type === 'STRING' ||
      !Object.hasOwn(SHIMS[dialect], name)
    ) {
      continue;
    }
    edits.push({ ...token, text: PREFIX + name.toLowerCase() });
    const unit = list[index + 2];
    if (UNIT_FIRST.test(name) && unit && unit.type !== 'STRING') {
      edits.push({ ...unit, text: `'${unit.text}'` });
    }
  }
  return applyEdits(sql, edits);
}
