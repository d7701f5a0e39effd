import { applyEdits } from './applyEdits';
import { findTables } from './findTables';
import { fixUp } from './fixUp';
import { freezeStatement } from './freezeStatement';
import { datasetFit, tableNameFit } from './matchTableName';
import { loadPolyglot, parseStatement } from './polyglot';
import { translateQuery } from './translateQuery';
import { unwrapStatement } from './unwrapStatement';

jest.setTimeout(60_000);

beforeAll(loadPolyglot);

function tablesOf(sql: string) {
  return findTables(parseStatement(sql, 'bigquery')).map(table =>
    [...table.parts, table.alias].join(' '),
  );
}

describe('applyEdits', () => {
  it('counts code points', () => {
    const sql = `SELECT '😀' AS a`;
    expect(applyEdits(sql, [{ start: 14, end: 15, text: 'b' }])).toBe(
      `SELECT '😀' AS b`,
    );
  });

  it('keeps the outer of two edits that overlap', () => {
    expect(
      applyEdits('abcdef', [
        { start: 2, end: 3, text: 'x' },
        { start: 1, end: 4, text: '-' },
      ]),
    ).toBe('a-ef');
  });
});

describe('findTables', () => {
  it('knows every way to write a path', () => {
    expect(
      tablesOf('SELECT 1 FROM `p-x.d.t`, a.b c, `p`.d.`e` AS f, g'),
    ).toEqual(['p-x d t t', 'a b c', 'p d e f', 'g g']);
  });

  it('leaves CTEs out, and nothing but CTEs', () => {
    expect(
      tablesOf(
        'WITH t AS (SELECT * FROM t), u AS (SELECT * FROM t) SELECT * FROM u JOIN d.t USING (id)',
      ),
    ).toEqual(['t t', 'd t t']);
  });

  it('leaves arrays of a sibling out', () => {
    expect(tablesOf('SELECT 1 FROM d.t AS x, x.items')).toEqual(['d t x']);
  });

  it('looks into subqueries and set operations', () => {
    expect(
      tablesOf(
        'SELECT (SELECT MAX(a) FROM x.y) FROM a.b WHERE EXISTS (SELECT 1 FROM c.d) UNION ALL SELECT 1 FROM e.f',
      ).sort(),
    ).toEqual(['a b b', 'c d d', 'e f f', 'x y y']);
  });
});

describe('tableNameFit', () => {
  it('prefers the longer and the exact match', () => {
    const exact = tableNameFit(['p', 'd', 't'], 'p.d.t');
    const shorter = tableNameFit(['d', 't'], 'p.d.t');
    const bare = tableNameFit(['t'], 'p.d.t');

    expect(exact).toBeGreaterThan(shorter);
    expect(shorter).toBeGreaterThan(bare);
    expect(bare).toBeGreaterThan(0);
  });

  it('does not confuse tables of the same name elsewhere', () => {
    expect(tableNameFit(['q', 'd', 't'], 'p.d.t')).toBe(0);
    expect(tableNameFit(['other', 't'], 'p.d.t')).toBe(0);
    expect(tableNameFit(['d', 'tt'], 'd.t')).toBe(0);
  });
});

describe('datasetFit', () => {
  const names = {
    tables: ['p.d.t'],
    dbtSources: [['raw', 't1']] as Array<[string, string]>,
    dbtRefs: ['stg_t'],
    patterns: [`$${'{env}'}_analytics.t`],
    symbols: [],
  };

  it.each([
    [['p', 'd', 't'], true],
    [['raw', 't1'], true],
    [['x', 'y', 'stg_t'], true],
    [['dev_analytics', 't'], true],
    [['p', 'dev_analytics', 't'], true],
    [['dev_analytics', 't2'], false],
    [['raw', 't2'], false],
  ])('%j: %p', (parts, expected) => {
    expect(datasetFit(parts, names) > 0).toBe(expected);
  });
});

describe('freezeStatement', () => {
  it('puts constants in place of what changes between runs', () => {
    const frozen = freezeStatement(
      `SELECT CURRENT_DATE(), CURRENT_TIMESTAMP, CURRENT_DATE('UTC'), RAND(), GENERATE_UUID(), @n, @run_date, 'CURRENT_DATE()', t.current_date FROM t`,
      'bigquery',
    );

    expect(frozen).toBe(
      `SELECT DATE '2024-06-15', TIMESTAMP '2024-06-15 12:00:00+00', DATE '2024-06-15', 0.05, '00000000-0000-4000-8000-000000000000', 3, DATE '2024-06-15', 'CURRENT_DATE()', t.current_date FROM t`,
    );
  });

  it('gives parameters values that fit their places', () => {
    expect(
      freezeStatement(
        'SELECT a FROM t WHERE b = ? AND c > ? AND d IN UNNEST(@names) AND e IN UNNEST(?) LIMIT @top OFFSET ?',
        'bigquery',
      ),
    ).toBe(
      "SELECT a FROM t WHERE b = '3' AND c > '4' AND d IN UNNEST(['2024-06-15']) AND e IN UNNEST(['5']) LIMIT 3 OFFSET 3",
    );
  });

  it('gives qualified functions a plain name', () => {
    expect(
      freezeStatement(
        'SELECT `p-x`.udf.f(a), `p.udf.g`(a), SAFE.SUBSTR(b, 1), t.c FROM t',
        'bigquery',
      ),
    ).toBe('SELECT p_x__udf__f(a), p__udf__g(a), SUBSTR(b, 1), t.c FROM t');
  });
});

describe('unwrapStatement', () => {
  it.each([
    ['SELECT 1;', 'SELECT 1', true],
    [
      'WITH a AS (SELECT 1) SELECT * FROM a',
      'WITH a AS (SELECT 1) SELECT * FROM a',
      true,
    ],
    ['CREATE TABLE x AS SELECT 1', 'SELECT 1', true],
    ['CREATE OR REPLACE VIEW x AS (SELECT 1)', 'SELECT 1', true],
    ['INSERT INTO x (a, b) SELECT 1, 2', 'SELECT 1, 2', false],
  ])('takes the query out of %s', (sql, query, namesMatter) => {
    expect(unwrapStatement(sql, 'bigquery')).toMatchObject({
      query,
      namesMatter,
    });
  });

  it.each([
    'DELETE FROM x WHERE TRUE',
    'UPDATE x SET a = 1 WHERE TRUE',
    'SELECT 1; SELECT 2',
  ])('refuses %s', sql => {
    expect(() => unwrapStatement(sql, 'bigquery')).toThrow();
  });
});

describe('translateQuery', () => {
  const local = () => 'mine';

  it('keeps the name that columns are qualified with', () => {
    expect(
      translateQuery(
        'SELECT t.a, u.b FROM `p.d.t` JOIN d.u u ON TRUE',
        'bigquery',
        local,
      ),
    ).toBe('SELECT t.a, u.b FROM "mine" AS "t" JOIN "mine" AS u ON TRUE');
  });

  it('groups by the alias, as BigQuery does', () => {
    expect(
      translateQuery(
        'SELECT UPPER(a) AS a, COUNT(*) AS n FROM t GROUP BY a',
        'bigquery',
        local,
      ),
    ).toMatch(/GROUP BY 1$/);
  });
});

describe('fixUp', () => {
  it('repairs what is known not to run', () => {
    expect(
      fixUp('ARRAY_AGG(f(a) ORDER BY b LIMIT 2) FILTER(WHERE a > 1)[1]', ''),
    ).toBe(
      'LIST_SLICE(ARRAY_AGG(f(a) ORDER BY b) FILTER(WHERE a > 1), 1, 2)[1]',
    );
    expect(fixUp(`STRFTIME(a, '%F %T')`, '')).toBe(
      `STRFTIME(a, '%Y-%m-%d %H:%M:%S')`,
    );
    expect(fixUp('a - INTERVAL n DAY', '')).toBe('a - INTERVAL (n) DAY');
    expect(fixUp('a + INTERVAL CAST((n + 1) * 7 AS BIGINT) DAY', '')).toBe(
      'a + INTERVAL (CAST((n + 1) * 7 AS BIGINT)) DAY',
    );
    expect(fixUp(`a - INTERVAL '7' DAY`, '')).toBe(`a - INTERVAL '7' DAY`);
    expect(
      fixUp('UNNEST(x) WITH ORDINALITY AS p', 'UNNEST(x) AS p WITH OFFSET o'),
    ).toBe('UNNEST(x) WITH ORDINALITY AS mig_unnest_0(p, "o")');
  });
});
