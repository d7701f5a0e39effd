import { rewriteText, testMapping } from './testing';

const RENAMES = testMapping({ rows: { grain: 'same' } });

describe('rewriteConsumer, with rows.where', () => {
  it.each([
    [
      'a rename',
      'SELECT country FROM t1',
      'SELECT country_code AS country FROM t2 WHERE NOT is_deleted',
    ],
    [
      'a qualified table',
      'SELECT country FROM `shop.analytics.t1`',
      'SELECT country_code AS country FROM `shop.analytics.t2` WHERE NOT is_deleted',
    ],
    [
      'quotes per part',
      'SELECT country FROM `shop`.analytics.`t1`',
      'SELECT country_code AS country FROM `shop`.analytics.`t2` WHERE NOT is_deleted',
    ],
    [
      'a dataset and table',
      'SELECT country FROM analytics.t1',
      'SELECT country_code AS country FROM analytics.t2 WHERE NOT is_deleted',
    ],
    [
      'a pattern with a hole',
      'SELECT country FROM ${env}_analytics.t1',
      'SELECT country_code AS country FROM ${env}_analytics.t2 WHERE NOT is_deleted',
    ],
    [
      'an expression',
      'SELECT activity_ts FROM t1',
      'SELECT TIMESTAMP_MILLIS(event_ms) AS activity_ts FROM t2 WHERE NOT is_deleted',
    ],
    [
      'parentheses',
      'SELECT 2 * ratio AS r, ratio FROM t1',
      'SELECT 2 * (clicks + views) AS r, clicks + views AS ratio FROM t2 WHERE NOT is_deleted',
    ],
    [
      'no field named',
      'SELECT COUNT(*) FROM t1',
      'SELECT COUNT(*) FROM t2 WHERE NOT is_deleted',
    ],
    [
      'OR',
      "SELECT id FROM t1 WHERE country = 'x' OR id = 1",
      "SELECT id FROM t2 WHERE (country_code = 'x' OR id = 1) AND NOT is_deleted",
    ],
    [
      'AND',
      "SELECT id FROM t1 WHERE country = 'x' AND id = 1 LIMIT 3",
      "SELECT id FROM t2 WHERE country_code = 'x' AND id = 1 AND NOT is_deleted LIMIT 3",
    ],
    [
      'same names in a join',
      'SELECT a.country, u.country FROM t1 a JOIN u ON a.id = u.id',
      'SELECT a.country_code AS country, u.country FROM t2 a JOIN u ON a.id = u.id WHERE NOT a.is_deleted',
    ],
    [
      'the null side of a join',
      'SELECT u.id, a.country FROM u LEFT JOIN t1 a ON a.id = u.id',
      'SELECT u.id, a.country FROM u LEFT JOIN (SELECT id, country_code AS country FROM t2 WHERE NOT is_deleted) a ON a.id = u.id',
    ],
    [
      'RIGHT JOIN',
      'SELECT u.id, a.country FROM t1 a RIGHT JOIN u ON a.id = u.id',
      'SELECT u.id, a.country FROM (SELECT id, country_code AS country FROM t2 WHERE NOT is_deleted) a RIGHT JOIN u ON a.id = u.id',
    ],
    [
      'FULL JOIN',
      'SELECT u.id, t1.country FROM t1 FULL JOIN u ON t1.id = u.id',
      'SELECT u.id, t1.country FROM (SELECT id, country_code AS country FROM t2 WHERE NOT is_deleted) AS t1 FULL JOIN u ON t1.id = u.id',
    ],
    [
      'the preserved side of a join',
      'SELECT a.country FROM t1 a LEFT JOIN u ON a.id = u.id',
      'SELECT a.country_code AS country FROM t2 a LEFT JOIN u ON a.id = u.id WHERE NOT a.is_deleted',
    ],
    [
      'a star',
      'SELECT * FROM t1',
      'SELECT id, country_code AS country, TIMESTAMP_MILLIS(event_ms) AS activity_ts, clicks + views AS ratio FROM t2 WHERE NOT is_deleted',
    ],
    [
      'a qualified star',
      'SELECT a.*, u.x FROM t1 AS a JOIN u ON u.id = a.id',
      'SELECT a.id, a.country_code AS country, TIMESTAMP_MILLIS(a.event_ms) AS activity_ts, a.clicks + a.views AS ratio, u.x FROM t2 AS a JOIN u ON u.id = a.id WHERE NOT a.is_deleted',
    ],
    [
      'a star with EXCEPT',
      'SELECT * EXCEPT (activity_ts, ratio) FROM t1',
      'SELECT id, country_code AS country FROM t2 WHERE NOT is_deleted',
    ],
    [
      'a star over a join',
      'SELECT * FROM t1 JOIN u ON t1.id = u.k',
      'SELECT * FROM (SELECT id, country_code AS country, TIMESTAMP_MILLIS(event_ms) AS activity_ts, clicks + views AS ratio FROM t2 WHERE NOT is_deleted) AS t1 JOIN u ON t1.id = u.k',
    ],
    [
      'USING of a renamed field',
      'SELECT country, x.v FROM t1 JOIN x USING (country)',
      'SELECT country, x.v FROM (SELECT country_code AS country FROM t2 WHERE NOT is_deleted) AS t1 JOIN x USING (country)',
    ],
    [
      'alias precedence',
      'SELECT t1.country, COUNT(*) FROM t1 GROUP BY 1 ORDER BY country',
      'SELECT t2.country_code AS country, COUNT(*) FROM t2 WHERE NOT is_deleted GROUP BY 1 ORDER BY country',
    ],
    [
      'GROUP BY without projection',
      'SELECT COUNT(*) FROM t1 GROUP BY country',
      'SELECT COUNT(*) FROM t2 WHERE NOT is_deleted GROUP BY country_code',
    ],
    [
      'an import CTE',
      'with src as (select * from t1) select country from src',
      'with src as (select country_code AS country from t2 where NOT is_deleted) select country from src',
    ],
    [
      'a CTE that shadows the table',
      'WITH t1 AS (SELECT 1 AS country) SELECT country FROM t1',
      'WITH t1 AS (SELECT 1 AS country) SELECT country FROM t1',
    ],
    [
      'a correlated subquery',
      'SELECT u.id FROM u WHERE EXISTS (SELECT 1 FROM t1 WHERE t1.country = u.country)',
      'SELECT u.id FROM u WHERE EXISTS (SELECT 1 FROM t2 WHERE t2.country_code = u.country AND NOT is_deleted)',
    ],
    [
      'a name that the new dataset has',
      'SELECT clicks FROM t1 JOIN u ON t1.id = u.k',
      'SELECT u.clicks FROM t2 JOIN u ON t2.id = u.k WHERE NOT t2.is_deleted',
    ],
    [
      'INSERT',
      'INSERT INTO d.x (country) SELECT country FROM t1',
      'INSERT INTO d.x (country) SELECT country_code AS country FROM t2 WHERE NOT is_deleted',
    ],
    [
      'CREATE TABLE AS',
      'CREATE OR REPLACE TABLE d.x AS SELECT id FROM t1',
      'CREATE OR REPLACE TABLE d.x AS SELECT id FROM t2 WHERE NOT is_deleted',
    ],
    [
      'a script',
      'DECLARE d DATE; SELECT id FROM t1; SELECT 2;',
      'DECLARE d DATE; SELECT id FROM t2 WHERE NOT is_deleted; SELECT 2;',
    ],
    [
      'MERGE',
      'MERGE INTO x USING t1 AS s ON x.id = s.id WHEN MATCHED THEN UPDATE SET country = s.country',
      'MERGE INTO x USING (SELECT id, country_code AS country, TIMESTAMP_MILLIS(event_ms) AS activity_ts, clicks + views AS ratio FROM t2 WHERE NOT is_deleted) AS s ON x.id = s.id WHEN MATCHED THEN UPDATE SET country = s.country',
    ],
    [
      'ref',
      "select country from {{ ref('t1') }}",
      "select country_code AS country from {{ ref('t2') }} where NOT is_deleted",
    ],
    [
      'source',
      'select country from {{source("raw", "t1")}} s',
      'select country_code AS country from {{source("raw", "t2")}} s where NOT is_deleted',
    ],
    [
      'a conditional',
      "select id from {{ ref('t1') }} {% if var('f') %} where country = 'a' {% else %} where country = 'b' {% endif %}",
      "select id from {{ ref('t2') }} {% if var('f') %} where country_code = 'a' AND NOT is_deleted {% else %} where country_code = 'b' AND NOT is_deleted {% endif %}".replace(
        /AND/g,
        'and',
      ),
    ],
    [
      'a conditional filter',
      "select id from {{ ref('t1') }}\n{% if is_incremental() %}\nwhere activity_ts > (select max(ts) from {{ this }})\n{% endif %}",
      "select id from (SELECT id, TIMESTAMP_MILLIS(event_ms) AS activity_ts FROM {{ ref('t2') }} WHERE NOT is_deleted)\n{% if is_incremental() %}\nwhere activity_ts > (select max(ts) from {{ this }})\n{% endif %}",
    ],
    [
      'lines',
      'select\n  country\nfrom t1\ngroup by 1',
      'select\n  country_code AS country\nfrom t2\nwhere NOT is_deleted\ngroup by 1',
    ],
    [
      'CRLF and a comment',
      'SELECT country -- t1.country\r\nFROM t1 -- all\r\n',
      'SELECT country_code AS country -- t1.country\r\nFROM t2\r\nWHERE NOT is_deleted -- all\r\n',
    ],
    [
      'a byte order mark and an emoji',
      "\uFEFFSELECT '😀' AS e, country FROM t1",
      "\uFEFFSELECT '😀' AS e, country_code AS country FROM t2 WHERE NOT is_deleted",
    ],
    [
      'UNION',
      'SELECT country FROM t1 UNION ALL SELECT country FROM u ORDER BY country',
      'SELECT country_code AS country FROM t2 WHERE NOT is_deleted UNION ALL SELECT country FROM u ORDER BY country',
    ],
    [
      'QUALIFY',
      'SELECT id FROM t1 QUALIFY ROW_NUMBER() OVER (PARTITION BY country ORDER BY activity_ts DESC) = 1',
      'SELECT id FROM t2 WHERE NOT is_deleted QUALIFY ROW_NUMBER() OVER (PARTITION BY country_code ORDER BY TIMESTAMP_MILLIS(event_ms) DESC) = 1',
    ],
    [
      'STRUCT',
      'SELECT STRUCT(country, id AS i) AS s FROM t1',
      'SELECT STRUCT(country_code AS country, id AS i) AS s FROM t2 WHERE NOT is_deleted',
    ],
    [
      'a grouped expression',
      'SELECT DATE(activity_ts) AS d, COUNT(*) FROM t1 GROUP BY activity_ts',
      'SELECT DATE(activity_ts) AS d, COUNT(*) FROM (SELECT TIMESTAMP_MILLIS(event_ms) AS activity_ts FROM t2 WHERE NOT is_deleted) GROUP BY activity_ts',
    ],
  ])('rewrites %s', async (_, before, after) => {
    const result = await rewriteText(before);
    expect(
      result.findings.filter(finding => finding.route !== 'codemod'),
    ).toEqual([]);
    expect(result.after).toBe(after);
    const again = await rewriteText(after);
    expect(again.after).toBe(after);
  });
});

describe('rewriteConsumer, without rows.where', () => {
  it.each([
    [
      'a rename on the null side',
      'SELECT a.country FROM u LEFT JOIN t1 a ON a.id = u.id',
      'SELECT a.country_code AS country FROM u LEFT JOIN t2 a ON a.id = u.id',
    ],
    [
      'an expression on the null side',
      'SELECT a.ratio FROM u LEFT JOIN t1 a ON a.id = u.id',
      'SELECT a.ratio FROM u LEFT JOIN (SELECT id, clicks + views AS ratio FROM t2) a ON a.id = u.id',
    ],
    [
      'USING of a field that keeps its name',
      'SELECT country FROM t1 JOIN x USING (id)',
      'SELECT t2.country_code AS country FROM t2 JOIN x USING (id)',
    ],
    [
      'quoted columns',
      'SELECT `country` FROM t1',
      'SELECT `country_code` AS `country` FROM t2',
    ],
    [
      'any case',
      'select COUNTRY from t1',
      'select country_code AS COUNTRY from t2',
    ],
  ])('rewrites %s', async (_, before, after) => {
    const result = await rewriteText(before, { mapping: RENAMES });
    expect(result.after).toBe(after);
  });
});

describe('rewriteConsumer, refusals', () => {
  it.each([
    [
      'SQL_WRITES_OLD_DATASET',
      'INSERT INTO analytics.t1 (id) SELECT id FROM analytics.t1',
    ],
    ['SQL_WRITES_OLD_DATASET', 'DELETE FROM analytics.t1 WHERE id = 1'],
    ['SQL_WILDCARD_TABLE', 'SELECT id FROM `shop.analytics.t*`'],
    [
      'SQL_PIVOT',
      "SELECT * FROM analytics.t1 PIVOT(SUM(id) FOR country IN ('a', 'b'))",
    ],
    ['SQL_TIME_TRAVEL', 'SELECT id FROM analytics.t1 FOR SYSTEM_TIME AS OF ts'],
    [
      'JINJA_NESTED_REF',
      "select {{ dbt_utils.star(ref('t1'), prefix='x_') }} from {{ ref('t1') }}",
    ],
    [
      'JINJA_MACRO',
      "{% macro m() %} select id from {{ ref('t1') }} {% endmacro %}",
    ],
    ['PARSE_FAILED', 'SELECT FROM WHERE analytics.t1 (('],
    ['FIELD_NOT_IN_CONTRACT', 'SELECT nothing FROM analytics.t1'],
    ['SQL_NAME_IN_STRING', 'EXECUTE IMMEDIATE "SELECT id FROM analytics.t1"'],
  ])('hands over with %s: %s', async (reason, text) => {
    const result = await rewriteText(text);
    expect(result.files).toEqual([]);
    expect(result.findings.map(finding => finding.reason)).toContain(reason);
    expect(result.outcome).toBe('needs-person');
  });
});
