import { rewriteText, testMapping } from './testing';

const base = testMapping({ rows: { grain: 'same' } });

/** `items` is a repeated record that is called `lines` now; `info` is a record. */
const NESTED = testMapping({
  rows: { grain: 'same' },
  from: {
    ...base.from,
    contract: {
      ...base.from.contract,
      fields: [
        ...base.from.contract.fields,
        ...['items', 'info'].map(name => ({
          name,
          type: 'RECORD',
          required: false,
          unique: false,
          primaryKey: false,
        })),
      ],
    },
  },
  fields: [
    ...base.fields,
    { kind: 'rename', name: 'items', is: 'lines' },
    { kind: 'rename', name: 'info', is: 'about' },
  ],
});

describe('BigQuery', () => {
  it.each([
    [
      'a script',
      'DECLARE d DATE DEFAULT (SELECT MAX(DATE(activity_ts)) FROM analytics.t1);\nIF (SELECT COUNT(*) FROM analytics.t1 WHERE country IS NULL) > 0 THEN\n  SELECT country FROM analytics.t1;\nELSE\n  INSERT INTO d.x (c) SELECT country FROM analytics.t1;\nEND IF;',
      'DECLARE d DATE DEFAULT (SELECT MAX(DATE(TIMESTAMP_MILLIS(event_ms))) FROM analytics.t2);\nIF (SELECT COUNT(*) FROM analytics.t2 WHERE country_code IS NULL) > 0 THEN\n  SELECT country_code AS country FROM analytics.t2;\nELSE\n  INSERT INTO d.x (c) SELECT country_code AS country FROM analytics.t2;\nEND IF;',
    ],
    [
      'a loop',
      'FOR r IN (SELECT country FROM analytics.t1) DO\n  SELECT r.country;\nEND FOR;',
      'FOR r IN (SELECT country_code AS country FROM analytics.t2) DO\n  SELECT r.country;\nEND FOR;',
    ],
    [
      'a block with an exception',
      'BEGIN\n  SELECT country FROM analytics.t1;\nEXCEPTION WHEN ERROR THEN\n  SELECT 1;\nEND;',
      'BEGIN\n  SELECT country_code AS country FROM analytics.t2;\nEXCEPTION WHEN ERROR THEN\n  SELECT 1;\nEND;',
    ],
    [
      'a temporary function',
      'CREATE TEMP FUNCTION f(country ARRAY<STRING>) RETURNS ARRAY<STRING> AS ((SELECT ARRAY_AGG(c) FROM UNNEST(country) c));\nSELECT f([country]) AS x FROM analytics.t1;',
      'CREATE TEMP FUNCTION f(country ARRAY<STRING>) RETURNS ARRAY<STRING> AS ((SELECT ARRAY_AGG(c) FROM UNNEST(country) c));\nSELECT f([country_code]) AS x FROM analytics.t2;',
    ],
    [
      'a JavaScript function',
      'CREATE TEMP FUNCTION js(x STRING) RETURNS STRING LANGUAGE js AS """\n  if (x) { return `a`; } // {{ no }}\n""";\nSELECT js(country) FROM analytics.t1;',
      'CREATE TEMP FUNCTION js(x STRING) RETURNS STRING LANGUAGE js AS """\n  if (x) { return `a`; } // {{ no }}\n""";\nSELECT js(country_code) FROM analytics.t2;',
    ],
    [
      'a view',
      'CREATE OR REPLACE VIEW d.v OPTIONS (description = "x") AS SELECT country FROM analytics.t1',
      'CREATE OR REPLACE VIEW d.v OPTIONS (description = "x") AS SELECT country_code AS country FROM analytics.t2',
    ],
    [
      'a table with partitions',
      'CREATE TABLE d.x PARTITION BY day CLUSTER BY country AS SELECT DATE(activity_ts) AS day, country FROM analytics.t1',
      'CREATE TABLE d.x PARTITION BY day CLUSTER BY country AS SELECT DATE(TIMESTAMP_MILLIS(event_ms)) AS day, country_code AS country FROM analytics.t2',
    ],
    [
      'DELETE of another table',
      'DELETE FROM d.x WHERE country IN (SELECT country FROM analytics.t1)',
      'DELETE FROM d.x WHERE country IN (SELECT country_code AS country FROM analytics.t2)',
    ],
    [
      'UPDATE of another table',
      'UPDATE d.x SET n = (SELECT MAX(ratio) FROM analytics.t1 WHERE t1.country = x.country) WHERE TRUE',
      'UPDATE d.x SET n = (SELECT MAX(clicks + views) FROM analytics.t2 WHERE t2.country_code = x.country) WHERE TRUE',
    ],
    [
      'UPDATE from the dataset',
      'UPDATE d.x SET n = a.country FROM analytics.t1 a WHERE a.id = x.id',
      'UPDATE d.x SET n = a.country FROM (SELECT id, country_code AS country, TIMESTAMP_MILLIS(event_ms) AS activity_ts, clicks + views AS ratio FROM analytics.t2) a WHERE a.id = x.id',
    ],
    [
      'an array of the dataset',
      'SELECT ARRAY(SELECT AS STRUCT country, id FROM analytics.t1) AS xs',
      'SELECT ARRAY(SELECT AS STRUCT country_code AS country, id FROM analytics.t2) AS xs',
    ],
    [
      'aggregates',
      'SELECT ARRAY_AGG(country IGNORE NULLS ORDER BY activity_ts LIMIT 3) FROM analytics.t1',
      'SELECT ARRAY_AGG(country_code IGNORE NULLS ORDER BY TIMESTAMP_MILLIS(event_ms) LIMIT 3) FROM analytics.t2',
    ],
    [
      'SAFE functions and subscripts',
      'SELECT SAFE.PARSE_DATE("%F", country), SPLIT(country, ",")[SAFE_OFFSET(0)] AS c FROM analytics.t1',
      'SELECT SAFE.PARSE_DATE("%F", country_code), SPLIT(country_code, ",")[SAFE_OFFSET(0)] AS c FROM analytics.t2',
    ],
    [
      'a named window',
      'SELECT SUM(ratio) OVER w AS s FROM analytics.t1 WINDOW w AS (PARTITION BY country ORDER BY activity_ts)',
      'SELECT SUM(clicks + views) OVER w AS s FROM analytics.t2 WINDOW w AS (PARTITION BY country_code ORDER BY TIMESTAMP_MILLIS(event_ms))',
    ],
    [
      'a PIVOT of a query',
      "SELECT * FROM (SELECT country, id FROM analytics.t1) PIVOT(SUM(id) FOR country IN ('a', 'b'))",
      "SELECT * FROM (SELECT country_code AS country, id FROM analytics.t2) PIVOT(SUM(id) FOR country IN ('a', 'b'))",
    ],
    [
      'an UNPIVOT of a common table expression',
      'WITH c AS (SELECT id, country AS a, country AS b FROM analytics.t1) SELECT * FROM c UNPIVOT(v FOR k IN (a, b))',
      'WITH c AS (SELECT id, country_code AS a, country_code AS b FROM analytics.t2) SELECT * FROM c UNPIVOT(v FOR k IN (a, b))',
    ],
    [
      'a field whose name is a date part',
      'SELECT DATE_TRUNC(DATE(activity_ts), MONTH) AS m, EXTRACT(DAY FROM activity_ts) FROM analytics.t1',
      'SELECT DATE_TRUNC(DATE(TIMESTAMP_MILLIS(event_ms)), MONTH) AS m, EXTRACT(DAY FROM TIMESTAMP_MILLIS(event_ms)) FROM analytics.t2',
    ],
    [
      'an alias that is a word',
      'SELECT final.country, final.id AS key FROM analytics.t1 final',
      'SELECT final.country_code AS country, final.id AS key FROM analytics.t2 final',
    ],
    [
      'a star of an expression',
      'SELECT IF(a.id > 1, o, p).* REPLACE (a.country AS c) FROM o, p, analytics.t1 a',
      'SELECT IF(a.id > 1, o, p).* REPLACE (a.country_code AS c) FROM o, p, analytics.t2 a',
    ],
    [
      'ASSERT',
      "ASSERT (SELECT COUNT(*) FROM analytics.t1 WHERE country = 'x') > 0 AS 'none'",
      "ASSERT (SELECT COUNT(*) FROM analytics.t2 WHERE country_code = 'x') > 0 AS 'none'",
    ],
    [
      'the query of a model, with a join',
      'CREATE MODEL d.m OPTIONS(x=1) AS SELECT f.country, ratio FROM analytics.t1 f JOIN d.u t ON f.activity_ts = t.ts WHERE f.id = 3',
      'CREATE MODEL d.m OPTIONS(x=1) AS SELECT f.country_code AS country, f.clicks + f.views AS ratio FROM analytics.t2 f JOIN d.u t ON TIMESTAMP_MILLIS(f.event_ms) = t.ts WHERE f.id = 3',
    ],
  ])('rewrites %s', async (_, before, after) => {
    const result = await rewriteText(before, { mapping: base });
    expect(result.findings.filter(({ route }) => route !== 'codemod')).toEqual(
      [],
    );
    expect(result.after).toBe(after);
    const again = await rewriteText(after, { mapping: base });
    expect(again.after).toBe(after);
  });

  it.each([
    [
      'a field of a record',
      'SELECT info.name, a.info.age AS g, info FROM analytics.t1 a',
      'SELECT about.name, a.about.age AS g, about AS info FROM analytics.t2 a',
    ],
    [
      'UNNEST of a repeated field',
      'SELECT i.sku FROM analytics.t1 a CROSS JOIN UNNEST(a.items) AS i WITH OFFSET o',
      'SELECT i.sku FROM analytics.t2 a CROSS JOIN UNNEST(a.lines) AS i WITH OFFSET o',
    ],
    [
      'UNNEST by a comma',
      'SELECT i.sku, items FROM analytics.t1, UNNEST(items) i',
      'SELECT i.sku, t2.lines AS items FROM analytics.t2, UNNEST(t2.lines) i',
    ],
    [
      'a path in FROM',
      'SELECT i.sku FROM analytics.t1 a, a.items i',
      'SELECT i.sku FROM (SELECT lines AS items FROM analytics.t2) a, a.items i',
    ],
    [
      'a subquery over a repeated field',
      'SELECT (SELECT SUM(i.n) FROM UNNEST(items) i) AS n FROM analytics.t1',
      'SELECT (SELECT SUM(i.n) FROM UNNEST(t2.lines) i) AS n FROM analytics.t2',
    ],
  ])('rewrites %s', async (_, before, after) => {
    const result = await rewriteText(before, { mapping: NESTED });
    expect(result.findings.filter(({ route }) => route !== 'codemod')).toEqual(
      [],
    );
    expect(result.after).toBe(after);
  });

  it.each([
    [
      'SQL_WRITES_OLD_DATASET',
      'MERGE analytics.t1 t USING d.x s ON t.id = s.id WHEN MATCHED THEN DELETE',
    ],
    [
      'SQL_WRITES_OLD_DATASET',
      'UPDATE analytics.t1 SET country = NULL WHERE TRUE',
    ],
    ['SQL_WRITES_OLD_DATASET', 'TRUNCATE TABLE analytics.t1'],
    ['SQL_WRITES_OLD_DATASET', 'DROP TABLE IF EXISTS analytics.t1'],
    ['SQL_WRITES_OLD_DATASET', 'ALTER TABLE analytics.t1 ADD COLUMN x INT64'],
    [
      'SQL_WRITES_OLD_DATASET',
      'CREATE OR REPLACE TABLE analytics.t1 AS SELECT 1 AS id',
    ],
    [
      'SQL_PSEUDO_COLUMN',
      'SELECT id FROM analytics.t1 WHERE _PARTITIONTIME > x',
    ],
    [
      'SQL_PSEUDO_COLUMN',
      'SELECT id FROM analytics.t1 WHERE _PARTITIONDATE = CURRENT_DATE()',
    ],
    [
      'SQL_WILDCARD_TABLE',
      "SELECT id FROM `shop.analytics.t*` WHERE _TABLE_SUFFIX = '1'",
    ],
    [
      'SQL_TABLE_SAMPLE',
      'SELECT id FROM analytics.t1 TABLESAMPLE SYSTEM (10 PERCENT)',
    ],
    [
      'SQL_TIME_TRAVEL',
      'SELECT id FROM analytics.t1 FOR SYSTEM_TIME AS OF TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL 1 HOUR)',
    ],
    [
      'SQL_PIVOT',
      'SELECT * FROM analytics.t1 UNPIVOT(v FOR k IN (clicks, views))',
    ],
    ['SQL_PIPE_SYNTAX', 'FROM analytics.t1 |> WHERE id > 1 |> SELECT country'],
    [
      'SQL_NAME_IN_STRING',
      "CREATE TABLE d.x OPTIONS (table = 'shop.analytics.t1'); SELECT a FROM d.x",
    ],
    ['SQL_NAME_IN_STRING', "EXECUTE IMMEDIATE 'SELECT * FROM analytics.t1'"],
    [
      'PARSE_FAILED',
      'CREATE FUNCTION d.f() RETURNS ARRAY<INT64> AS ((SELECT ARRAY_AGG(id) FROM analytics.t1 !!))',
    ],
  ])('hands over with %s: %s', async (reason, text) => {
    const result = await rewriteText(text, { mapping: base });
    expect(result.files).toEqual([]);
    expect(result.findings.map(finding => finding.reason)).toContain(reason);
  });
});

describe('Snowflake', () => {
  const snowflake = { ...base, dialect: 'snowflake' as const };
  it.each([
    [
      'upper case and paths into JSON',
      'SELECT COUNTRY:a.b::string AS C, T1.COUNTRY:x[0] FROM ANALYTICS.T1',
      'SELECT country_code:a.b::string AS C, t2.country_code:x[0] FROM analytics.t2',
    ],
    [
      'FLATTEN',
      'SELECT f.value:id::int AS i, a.country FROM analytics.t1 a, LATERAL FLATTEN(input => a.country) f',
      'SELECT f.value:id::int AS i, a.country_code AS country FROM analytics.t2 a, LATERAL FLATTEN(input => a.country_code) f',
    ],
    [
      'ILIKE ANY and casts',
      "SELECT id FROM analytics.t1 WHERE country ILIKE ANY ('a%', 'b%') AND country::varchar <> ''",
      "SELECT id FROM analytics.t2 WHERE country_code ILIKE ANY ('a%', 'b%') AND country_code::varchar <> ''",
    ],
    [
      'QUALIFY with an alias of its own select',
      'SELECT id, ROW_NUMBER() OVER (PARTITION BY country ORDER BY id) AS rn FROM analytics.t1 QUALIFY rn = 1',
      'SELECT id, ROW_NUMBER() OVER (PARTITION BY country_code ORDER BY id) AS rn FROM analytics.t2 QUALIFY rn = 1',
    ],
    [
      'an alias in an expression of its own select',
      "SELECT UPPER(country) AS land, land || 'x' AS y FROM analytics.t1 WHERE land <> ''",
      "SELECT UPPER(country_code) AS land, land || 'x' AS y FROM analytics.t2 WHERE land <> ''",
    ],
    [
      'an alias that a new field would capture',
      'SELECT UPPER(country) AS clicks, clicks || country AS y FROM analytics.t1',
      'SELECT UPPER(country) AS clicks, clicks || country AS y FROM (SELECT country_code AS country FROM analytics.t2)',
    ],
    [
      'a star with EXCLUDE',
      'SELECT * EXCLUDE (activity_ts, ratio) FROM analytics.t1',
      'SELECT id, country_code AS country FROM analytics.t2',
    ],
  ])('rewrites %s', async (_, before, after) => {
    const result = await rewriteText(before, { mapping: snowflake });
    expect(result.after).toBe(after);
  });
});
