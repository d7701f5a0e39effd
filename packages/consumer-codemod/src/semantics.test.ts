import { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { Dialect, init, transpile } from '@polyglot-sql/sdk';
import fc from 'fast-check';
import { rewriteText, testMapping } from './testing';

// Numbers only: what is tested is which rows and columns a query sees, not types.
const FIELDS = testMapping().fields.map(field =>
  field.name === 'activity_ts'
    ? // Not NULL where its column is: an outer join must not see through it.
      { ...field, is: 'COALESCE(event_ms, 7) * 10' }
    : field,
) as ReturnType<typeof testMapping>['fields'];

const field = fc.constantFrom('id', 'country', 'activity_ts', 'ratio');
const column = fc
  .tuple(fc.constantFrom('', 'a.'), field)
  .map(([qualifier, name]) => qualifier + name);
const condition = fc.oneof(
  column.map(name => `${name} IS NOT NULL`),
  fc.tuple(column, column).map(([a, b]) => `${a} = 1 OR ${b} IN (1, 2)`),
  fc.constantFrom(
    'a.id IN (SELECT id FROM analytics.t1 WHERE country = 1 OR ratio > 2)',
    'a.id > (SELECT AVG(b.id) FROM analytics.t1 b WHERE b.country = a.country)',
    'EXISTS (SELECT 1 FROM u WHERE k = country AND clicks > ratio)',
    'EXISTS (SELECT * FROM analytics.t1 z WHERE z.id = a.country)',
  ),
);
const from = fc.constantFrom(
  'analytics.t1 a',
  'analytics.t1 AS a JOIN u ON a.id = u.k',
  'u LEFT JOIN analytics.t1 a ON a.id = u.k',
  'analytics.t1 a RIGHT JOIN u ON a.id = u.k AND a.ratio > 1',
  'analytics.t1 a FULL JOIN u ON a.country = u.k',
  'analytics.t1 a LEFT JOIN u ON a.id = u.k AND a.country = 1',
  'u JOIN w USING (k) LEFT JOIN analytics.t1 a ON a.id = k',
  '(analytics.t1 a LEFT JOIN u ON a.id = u.k)',
);
const item = fc.oneof(
  column,
  column.map(name => `-${name} * 2 AS x1`),
  fc
    .tuple(column, column)
    .map(([a, b]) => `SUM(${a}) OVER (PARTITION BY ${b}) AS x2`),
  fc.constant(
    '(SELECT COUNT(*) FROM analytics.t1 q WHERE q.country = a.id) AS x3',
  ),
);
const where = fc
  .option(condition, { nil: undefined })
  .map(text => (text ? ` WHERE ${text}` : ''));
const plain = fc
  .tuple(
    fc.array(item, { minLength: 1, maxLength: 3 }),
    from,
    where,
    fc.constantFrom('', 'DISTINCT ', 'a.*, '),
  )
  .map(
    ([items, tables, filter, lead]) =>
      `SELECT ${lead}${items.join(', ')} FROM ${tables}${filter}`,
  );
const grouped = fc
  .tuple(
    field,
    fc.constantFrom(
      'COUNT(*)',
      'SUM(a.ratio)',
      'MAX(activity_ts)',
      'COUNT(DISTINCT country)',
    ),
    from,
    where,
    fc.constantFrom('1', '#', 'a.#'),
    fc.constantFrom('', ' HAVING MAX(ratio) > 2', ' HAVING # > 0'),
  )
  .map(([name, aggregate, tables, filter, group, having]) =>
    `SELECT ${name}, ${aggregate} AS x4 FROM ${tables}${filter} GROUP BY ${group}${having}`.replace(
      /#/g,
      name,
    ),
  );
/** Common table expressions that pass columns on through stars. */
const passedOn = fc
  .tuple(
    fc.constantFrom(
      'SELECT * FROM analytics.t1',
      'SELECT * FROM analytics.t1 WHERE country > 0 OR id = 1',
      'SELECT a.*, u.k FROM analytics.t1 a LEFT JOIN u ON a.id = u.k',
      'SELECT a.* FROM u LEFT JOIN analytics.t1 a ON a.id = u.k',
      'SELECT * FROM analytics.t1 JOIN w ON id = w.k',
      'SELECT * EXCEPT (ratio) FROM analytics.t1',
      'SELECT *, ratio AS r2 FROM analytics.t1 ORDER BY activity_ts LIMIT 1000',
      'SELECT * REPLACE (id + 1 AS country) FROM analytics.t1',
      'SELECT * FROM (SELECT * FROM analytics.t1) z',
    ),
    fc.constantFrom(
      'SELECT * FROM src',
      'SELECT src.* FROM src',
      'SELECT src.*, u.clicks FROM src JOIN u ON src.id = u.k',
      'SELECT id, country, activity_ts FROM src',
      'SELECT DISTINCT * FROM src',
      'SELECT * FROM src UNION ALL SELECT * FROM src',
    ),
    fc.constantFrom(
      'SELECT country FROM mid',
      'SELECT COUNT(*) AS n FROM mid',
      'SELECT id, activity_ts + 1 AS x FROM mid WHERE country > 1',
      'SELECT mid.id, clicks FROM mid JOIN u ON mid.id = u.k',
      'SELECT * FROM mid',
      'SELECT id FROM mid ORDER BY country, id',
      'SELECT m.country, n.id FROM mid m LEFT JOIN src n ON m.id = n.country',
      'SELECT id FROM mid WHERE EXISTS (SELECT * FROM src WHERE src.country = mid.id)',
      'SELECT id FROM mid WHERE country IN (SELECT country FROM src)',
      'SELECT country, COUNT(DISTINCT id) AS n FROM mid GROUP BY country',
      'SELECT id FROM mid JOIN c2 USING (country)',
    ),
  )
  .map(([src, mid, last]) => `WITH src AS (${src}), mid AS (${mid}) ${last}`);
const query = fc.oneof(
  plain,
  passedOn,
  passedOn,
  grouped,
  plain.map(
    inner =>
      `WITH c AS (${inner}), d AS (SELECT * FROM analytics.t1) SELECT d.*, (SELECT COUNT(*) FROM c) AS n FROM d`,
  ),
  fc.constantFrom(
    'SELECT * EXCEPT (id) FROM analytics.t1 WHERE id = 1 OR country = 2',
    'SELECT * FROM analytics.t1 JOIN u ON t1.id = u.k',
    'SELECT * FROM c2 FULL JOIN analytics.t1 USING (country)',
    'SELECT * FROM c2 NATURAL JOIN analytics.t1',
    'SELECT id AS clicks, COUNT(*) AS n FROM analytics.t1 GROUP BY clicks',
    'SELECT clicks, ratio FROM analytics.t1 JOIN u ON id = k',
    'SELECT country FROM analytics.t1 UNION ALL SELECT ratio FROM analytics.t1',
  ),
);

/** A small generator of its own, so that the rows are the same on every run. */
function numbers(): (limit: number) => number {
  let state = 7;
  return limit => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor(state / 512) % limit;
  };
}

async function fill(connection: DuckDBConnection) {
  await connection.run(`
    CREATE SCHEMA analytics;
    CREATE TABLE analytics.t2 (id BIGINT, country_code BIGINT, event_ms BIGINT, clicks BIGINT, views BIGINT, is_deleted BOOLEAN);
    CREATE TABLE u (k BIGINT, clicks BIGINT);
    CREATE TABLE w (k BIGINT, z BIGINT);
    CREATE TABLE c2 (country BIGINT, v BIGINT);`);
  const next = numbers();
  const values = (count: number) =>
    Array.from({ length: count }, () =>
      next(6) === 0 ? 'NULL' : next(4),
    ).join(', ');
  for (let i = 0; i < 40; i++) {
    await connection.run(
      `INSERT INTO analytics.t2 VALUES (${values(5)}, ${next(3) === 0})`,
    );
  }
  for (let i = 0; i < 8; i++) {
    for (const table of ['u', 'w', 'c2']) {
      await connection.run(`INSERT INTO ${table} VALUES (${values(2)})`);
    }
  }
}

async function run(connection: DuckDBConnection, sql: string): Promise<string> {
  const translated = transpile(sql, Dialect.BigQuery, Dialect.DuckDB);
  const result = await connection.runAndReadAll(translated.sql?.[0] ?? sql);
  const rows = result
    .getRows()
    .map(row => row.map(value => String(value)).join());
  return [result.columnNames().join(), ...rows.sort()].join('\n');
}

jest.setTimeout(180_000);

describe('a rewritten query', () => {
  let connection: DuckDBConnection;

  beforeAll(async () => {
    await init();
    connection = await (await DuckDBInstance.create(':memory:')).connect();
    await fill(connection);
  });

  afterAll(() => connection.closeSync());

  it.each(['NOT is_deleted', undefined, 'is_deleted OR clicks > 1'])(
    'gives the rows and columns of the old one, with rows.where %s',
    async filter => {
      const mapping = testMapping({
        fields: FIELDS,
        rows: { grain: 'same', ...(filter && { where: filter }) },
      });
      await connection.run(`CREATE OR REPLACE VIEW analytics.t1 AS
        SELECT id, country_code AS country, COALESCE(event_ms, 7) * 10 AS activity_ts, clicks + views AS ratio
        FROM analytics.t2 ${filter ? `WHERE ${filter}` : ''}`);
      let compared = 0;
      await fc.assert(
        fc.asyncProperty(query, async sql => {
          const before = await run(connection, sql).catch(() => undefined);
          // Some generated queries are ambiguous, which the database refuses.
          fc.pre(before !== undefined);
          const result = await rewriteText(sql, { mapping });
          expect(result.outcome).toBe('changed');
          expect(await run(connection, result.after)).toBe(before);
          compared++;
        }),
        { numRuns: 100 },
      );
      expect(compared).toBeGreaterThanOrEqual(100);
    },
  );
});
