import { SqlDialect } from 'backstage-plugin-dataset-migration-common';
import { ProverDatabase } from '../database/ProverDatabase';
import { freezeStatement } from './freezeStatement';
import { loadPolyglot } from './polyglot';
import { shimMacros } from './shims';
import { translateQuery } from './translateQuery';

jest.setTimeout(60_000);

const databases = new Map<SqlDialect, ProverDatabase>();

beforeAll(async () => {
  await loadPolyglot();
  for (const dialect of ['bigquery', 'snowflake'] as const) {
    const database = await ProverDatabase.open({
      memoryMb: 256,
      queryTimeoutMs: 5000,
    });
    await database.share(shimMacros(dialect));
    await database.run(
      `CREATE TABLE mine AS SELECT 'b-c' AS s, 7 AS n, DATE '2024-02-14' AS d,
       TIMESTAMPTZ '2024-02-14 10:20:30+00' AS ts, ['p', 'q'] AS arr,
       '{"a": "x", "items": [{"k": 1}, {"k": 2}]}' AS j,
       '{"a": {"b": "x"}, "n": 5, "items": [{"k": "u"}, {"k": "v"}]}'::JSON AS v`,
    );
    databases.set(dialect, database);
  }
});
afterAll(() => {
  for (const database of databases.values()) database.close();
});

async function valuesOf(sql: string, dialect: SqlDialect): Promise<unknown> {
  const text = translateQuery(
    freezeStatement(sql, dialect),
    dialect,
    () => 'mine',
  );
  const result = await databases.get(dialect)?.query(text);
  // Rows of an unnested list come in any order.
  return result?.rows.sort((a, b) => (String(a) < String(b) ? -1 : 1));
}

describe('BigQuery in DuckDB', () => {
  it.each<[sql: string, rows: unknown[][]]>([
    [
      `SELECT JSON_VALUE(j, '$.a'), JSON_EXTRACT_SCALAR(s, '$.a') FROM t`,
      [['x', null]],
    ],
    [
      `SELECT JSON_VALUE(i, '$.k') FROM t, UNNEST(JSON_QUERY_ARRAY(j, '$.items')) AS i`,
      [['1'], ['2']],
    ],
    [
      `SELECT PARSE_DATE('%Y%m%d', '20240301'), SAFE.PARSE_DATE('%F', s) FROM t`,
      [['2024-03-01', null]],
    ],
    [
      `SELECT FORMAT_DATE('%Y%m', d), FORMAT_TIMESTAMP('%F %T', ts) FROM t`,
      [['202402', '2024-02-14 10:20:30']],
    ],
    [
      `SELECT EXTRACT(DATE FROM ts), EXTRACT(ISOWEEK FROM d) FROM t`,
      [['2024-02-14', '7']],
    ],
    [`SELECT n << 2, n >> 1, MOD(n, 4), DIV(n, 2) FROM t`, [[28, 3, 3, '3']]],
    [
      `SELECT 'p' IN UNNEST(arr), ARRAY_LENGTH(arr), arr[OFFSET(1)], arr[SAFE_OFFSET(5)] FROM t`,
      [[true, '2', 'q', null]],
    ],
    [`SELECT ARRAY_AGG(s ORDER BY n LIMIT 1)[OFFSET(0)] FROM t`, [['b-c']]],
    [
      `SELECT ARRAY_AGG(STRUCT(s, n) LIMIT 1)[SAFE_OFFSET(0)].* FROM t`,
      [['b-c', 7]],
    ],
    [
      `SELECT n FROM t QUALIFY ROW_NUMBER() OVER w = 1 WINDOW w AS (PARTITION BY s ORDER BY n)`,
      [[7]],
    ],
    [
      `SELECT i, o FROM t LEFT JOIN UNNEST(arr) AS i WITH OFFSET AS o WHERE o >= 0`,
      [
        ['p', '1'],
        ['q', '2'],
      ],
    ],
    [`SELECT i FROM t LEFT JOIN UNNEST(arr) AS i ON i <> 'p'`, [['q']]],
    [
      `SELECT FORMAT('%s-%d', s, n), SAFE_DIVIDE(n, 0), IFNULL(NULL, n) FROM t`,
      [['b-c-7', null, 7]],
    ],
    [
      `SELECT DATE_SUB(DATE(ts), INTERVAL 14 DAY) = '2024-01-31', UNIX_MILLIS(ts) FROM t`,
      [[true, '1707906030000']],
    ],
    [
      `SELECT EXTRACT(DATE FROM TIMESTAMP('2024-01-01 23:30:00', 'America/Los_Angeles')), EXTRACT(DATE FROM TIMESTAMP(d)) FROM t`,
      [['2024-01-02', '2024-02-14']],
    ],
    [
      `SELECT DATETIME(d, TIME(12, 0, 0)), DATETIME(ts, 'America/Los_Angeles'), TIME(ts) FROM t`,
      [['2024-02-14 12:00:00', '2024-02-14 02:20:30', '10:20:30']],
    ],
    [
      `SELECT SAFE_CONVERT_BYTES_TO_STRING(FROM_BASE64('Yg==')), FROM_BASE64('a b') FROM t`,
      [['b', null]],
    ],
    [
      `SELECT x.s.n, x.s.m.k, COUNT(*) FROM (SELECT STRUCT(n, STRUCT(s AS k) AS m) AS s FROM t) x GROUP BY n, k`,
      [[7, 'b-c', '1']],
    ],
    [
      `SELECT EXTRACT(DATE FROM ts AT TIME ZONE t.s) BETWEEN d - 1 AND d + 1, DATE(ts, s) IS NULL, DATE(ts, 'Asia/Tokyo') FROM t`,
      [[true, false, '2024-02-14']],
    ],
    [`SELECT COUNT(*) FROM t WHERE d < @run_date AND s <> @country`, [['1']]],
  ])('%s', async (sql, rows) => {
    expect(await valuesOf(sql, 'bigquery')).toEqual(rows);
  });
});

describe('Snowflake in DuckDB', () => {
  it.each<[sql: string, rows: unknown[][]]>([
    [
      `SELECT IFF(n > 1, 'a', 'b'), NVL(NULL, s), ZEROIFNULL(NULL), DIV0(n, 0) FROM t`,
      [['a', 'b-c', 0, 0]],
    ],
    [
      `SELECT DATEADD(day, -7, d) = '2024-02-07', DATEDIFF(hour, '2024-02-14 00:00:00', ts), DATEDIFF('month', d, '2024-05-01') FROM t`,
      [[true, '10', '3']],
    ],
    [
      `SELECT TO_VARCHAR(n), TO_CHAR(d, 'YYYY/MM'), TO_VARCHAR(d, 'DD.MM.YYYY') FROM t`,
      [['7', '2024/02', '14.02.2024']],
    ],
    [
      `SELECT TO_CHAR(ts, 'yyyy-mm-dd"T"hh24:mi:ss"Z"'), SPLIT_PART(d, '-', 0), SPLIT_PART(d, '-', -1) FROM t`,
      [['2024-02-14T10:20:30Z', '2024', '14']],
    ],
    [
      `SELECT TRY_TO_NUMBER(s), TRY_TO_DATE(s), TRY_TO_TIMESTAMP(s), TRY_TO_DOUBLE('2.5') FROM t`,
      [[null, null, null, 2.5]],
    ],
    [
      `SELECT TO_TIMESTAMP_NTZ(1707906030), TO_TIMESTAMP(1707906030000, 3), TO_TIMESTAMP('2024-02-14') FROM t`,
      [['2024-02-14 10:20:30', '2024-02-14 10:20:30', '2024-02-14 00:00:00']],
    ],
    [
      `SELECT v:a.b::string, v:n::int, v['n']::string, PARSE_JSON(j):a::string FROM t`,
      [['x', 5, '5', 'x']],
    ],
    [
      `SELECT f.value:k::string, f.index FROM t, LATERAL FLATTEN(input => v:items) f`,
      [
        ['u', '0'],
        ['v', '1'],
      ],
    ],
    [
      `SELECT LISTAGG(s, ',') WITHIN GROUP (ORDER BY s), COUNT_IF(n > 1) FROM t`,
      [['b-c', '1']],
    ],
    [
      `SELECT SPLIT_PART(s, '-', 2), STARTSWITH(s, 'b'), CONTAINS(s, '-'), ARRAY_SIZE(v:items) FROM t`,
      [['c', true, true, '2']],
    ],
    [
      `SELECT s FROM t QUALIFY ROW_NUMBER() OVER (PARTITION BY s ORDER BY d DESC) = 1`,
      [['b-c']],
    ],
    [
      `SELECT OBJECT_CONSTRUCT('a', n) FROM t WHERE d <= CURRENT_DATE()`,
      [[{ a: 7 }]],
    ],
  ])('%s', async (sql, rows) => {
    expect(await valuesOf(sql, 'snowflake')).toEqual(rows);
  });
});

describe('BigQuery’s TIMESTAMP in a cast', () => {
  it.each([
    ['CAST(NULL AS TIMESTAMP)', 'TIMESTAMP WITH TIME ZONE'],
    [
      "SAFE_CAST(CONCAT('2024-01-0', '2') AS timestamp)",
      'TIMESTAMP WITH TIME ZONE',
    ],
    ['CAST(ts AS DATETIME)', 'TIMESTAMP'],
    ['(SELECT n AS timestamp)', 'BIGINT'],
  ])('%s is %s', async (sql, type) => {
    const text = translateQuery(
      `SELECT ${sql} FROM (SELECT ts, CAST(n AS INT64) AS n FROM t)`,
      'bigquery',
      () => 'mine',
    );

    const result = await databases.get('bigquery')?.query(text);

    expect(result?.types).toEqual([type]);
  });
});

describe('BigQuery’s formats in a cast', () => {
  it.each([
    ["CAST(n + 1 AS STRING FORMAT '00')", "CAST_AS_STRING_FORMAT(n + 1, '00')"],
    [
      "SAFE_CAST(LOWER(s) AS date FORMAT 'YYYY')",
      "CAST_AS_DATE_FORMAT(LOWER(s), 'YYYY')",
    ],
  ])('%s is a function that nobody has', (sql, expected) => {
    const text = translateQuery(`SELECT ${sql} FROM t`, 'bigquery', () => 't');

    expect(text).toBe(`SELECT ${expected} FROM "t" AS "t"`);
  });
});
