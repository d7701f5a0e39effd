import { ProverDatabase } from '../database/ProverDatabase';
import { freezeStatement } from './freezeStatement';
import { loadPolyglot } from './polyglot';
import { spellOutStars } from './spellOutStars';
import { translateQuery } from './translateQuery';

jest.setTimeout(60_000);

let database: ProverDatabase;

beforeAll(async () => {
  await loadPolyglot();
  database = await ProverDatabase.open({
    memoryMb: 256,
    queryTimeoutMs: 5000,
  });
  await database.run(
    `CREATE TABLE a AS SELECT 1 AS id, 'x' AS name, {'k': 1, 'v': {'w': 2, 'z': 3}} AS s;
     CREATE TABLE b AS SELECT 2 AS id, 'y' AS name, {'k': 5, 'v': {'w': 6, 'z': 7}} AS s`,
  );
});
afterAll(() => database.close());

async function run(sql: string) {
  const { columns, rows } = await database.query(
    translateQuery(
      freezeStatement(spellOutStars(sql, 'bigquery'), 'bigquery'),
      'bigquery',
      table => table.parts[table.parts.length - 1],
    ),
  );
  return { columns, rows };
}

describe('spellOutStars', () => {
  it.each<[sql: string, columns: string[], rows: unknown[][]]>([
    [
      `SELECT 0 AS first, IF(b.id IS NULL, a, b).* REPLACE (a.name AS name) FROM d.a FULL JOIN d.b USING (id) WHERE a.id IS NOT NULL ORDER BY 1`,
      ['first', 'id', 'name', 's'],
      [[0, 1, 'x', { k: 1, v: { w: 2, z: 3 } }]],
    ],
    [
      `SELECT IF(TRUE, a, a).s.v.* EXCEPT (w), 3 * 4 AS n FROM d.a UNION ALL SELECT 1, 2`,
      ['z', 'n'],
      [
        [3, 12],
        [1, 2],
      ],
    ],
    [`SELECT a.s.v.* FROM d.a LIMIT 1`, ['w', 'z'], [[2, 3]]],
    [
      `SELECT (SELECT AS STRUCT a.s.* EXCEPT (v), 7 AS n) AS o FROM d.a`,
      ['o'],
      [[{ k: 1, n: 7 }]],
    ],
    [
      `SELECT (SELECT AS STRUCT b.* EXCEPT (s), COUNT(*) AS n FROM d.b GROUP BY id, name) AS o FROM d.a`,
      ['o'],
      [[{ id: 2, name: 'y', n: '1' }]],
    ],
    [
      `SELECT [a.s, a.s][OFFSET(0)].* EXCEPT (v) FROM d.a QUALIFY ROW_NUMBER() OVER (ORDER BY id) = 1`,
      ['k'],
      [[1]],
    ],
  ])('reads %s', async (sql, columns, rows) => {
    expect(await run(sql)).toEqual({ columns, rows });
  });

  it.each([
    'SELECT *, a.id * 2, COUNT(*), t.* EXCEPT (x), s.* REPLACE (1 AS k) FROM t',
    // There is no row of the FROM clause to take these from, or the star would take their names too.
    'SELECT ANY_VALUE(s).* EXCEPT (k) FROM t GROUP BY x',
    'SELECT *, IF(c, a, b).* EXCEPT (k) FROM t',
    `SELECT 'a.b.* EXCEPT (c)' FROM t`,
    'SELECT f(a.b.*) FROM t',
    'SELECT (a.b.*',
  ])('leaves %s alone', sql => {
    expect(spellOutStars(sql, 'bigquery')).toBe(sql);
  });

  it('reads no other dialect', () => {
    const sql = 'SELECT a.b.* FROM t';
    expect(spellOutStars(sql, 'snowflake')).toBe(sql);
  });
});
