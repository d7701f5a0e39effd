import { ProverDatabase } from '../database/ProverDatabase';
import { errorText } from '../database/errorText';
import { parseTree } from '../tree/QueryTree';
import { ColumnType, columnTypeSql } from '../types/ColumnType';
import { learnFrom } from './learnFrom';
import { LearnedColumns } from './LearnedColumns';
import { pointedAt, readRefusal } from './readRefusal';

const TEXT: ColumnType = { kind: 'scalar', name: 'VARCHAR', known: false };
const NAMES = ['a', 'b', 'c'];
const DECLARED = 'd DATE, ts TIMESTAMP, n BIGINT, s VARCHAR';

let database: ProverDatabase;

beforeAll(async () => {
  database = await ProverDatabase.open({ memoryMb: 256, queryTimeoutMs: 5000 });
});
afterAll(() => database.close());

/** Corrects the other table until the query runs on a row of text, or nothing is learned. */
async function learn(sql: string) {
  const learned = new LearnedColumns();
  for (let round = 0; round < 12; round++) {
    const names = [...NAMES, ...learned.addedTo('mig_other_0')].filter(
      name => !learned.lacks('mig_other_0', name),
    );
    const guesses = names.map(name => ({
      table: 'mig_other_0',
      name,
      type: learned.typeOf('mig_other_0', name) ?? TEXT,
    }));
    const columns = guesses.map(
      ({ name, type }) => `${name} ${columnTypeSql(type)}`,
    );
    await database.run(
      `CREATE OR REPLACE TABLE mig_other_0 (${columns.join(', ')})`,
    );
    await database.run(`CREATE OR REPLACE TABLE mig_old (${DECLARED})`);
    await database.run(
      `INSERT INTO mig_other_0 SELECT ${guesses
        .map(({ type }) => (type === TEXT ? `'x'` : 'NULL'))
        .join(', ')}`,
    );
    await database.run(
      `INSERT INTO mig_old VALUES ('2024-01-01', '2024-01-01', 1, 'x')`,
    );
    const types = Object.fromEntries(
      guesses
        .filter(({ type }) => type !== TEXT)
        .map(({ name, type }) => [name, columnTypeSql(type)]),
    );
    try {
      await database.query(`DESCRIBE ${sql}`);
      await database.query(sql);
      return { runs: true, types, added: learned.addedTo('mig_other_0') };
    } catch (error) {
      const message = errorText(error) ?? '';
      const refusal = readRefusal(message);
      const tree = await parseTree(database, sql);
      const at = pointedAt(message, `DESCRIBE ${sql}`, sql);
      const unknowns = { guesses, open: new Set(['mig_other_0']) };
      const more =
        refusal && tree && learnFrom(refusal, tree, unknowns, learned, at);
      if (!more) return { runs: false, types, message };
    }
  }
  return { runs: false, types: {} };
}

describe('learnFrom', () => {
  it.each<[sql: string, types: Record<string, string>]>([
    [
      'SELECT sum(a), avg(o.b) FROM mig_other_0 AS o',
      { a: 'DOUBLE', b: 'DOUBLE' },
    ],
    [
      'WITH x AS (SELECT *, b AS y FROM mig_other_0) SELECT c, sum(y) FROM x GROUP BY c',
      { b: 'DOUBLE' },
    ],
    ['SELECT COALESCE(a, 0) FROM mig_other_0', { a: 'DOUBLE' }],
    ['SELECT COALESCE(a, d) FROM mig_other_0, mig_old', { a: 'DATE' }],
    [
      'SELECT a / n, -b FROM mig_other_0, mig_old',
      { a: 'DOUBLE', b: 'DOUBLE' },
    ],
    ['SELECT a + INTERVAL 1 DAY FROM mig_other_0', { a: 'TIMESTAMP' }],
    ['SELECT 1 FROM mig_old JOIN mig_other_0 AS o ON d >= o.a', { a: 'DATE' }],
    ['SELECT 1 FROM mig_old, mig_other_0 WHERE a < ts', { a: 'TIMESTAMP' }],
    ['SELECT a > 5 FROM mig_other_0', { a: 'BIGINT' }],
    [
      'SELECT 1 FROM mig_old, mig_other_0 WHERE d BETWEEN a AND b',
      { a: 'DATE', b: 'DATE' },
    ],
    ["SELECT date_trunc('month', a) FROM mig_other_0", { a: 'TIMESTAMP' }],
    ["SELECT date_diff('day', d, a) FROM mig_other_0, mig_old", { a: 'DATE' }],
    ['SELECT bool_or(a) FROM mig_other_0', { a: 'BOOLEAN' }],
    ['SELECT count(*) FROM mig_other_0 WHERE a', { a: 'BOOLEAN' }],
    [
      'SELECT CASE WHEN n = 1 THEN d ELSE a END FROM mig_other_0, mig_old',
      { a: 'DATE' },
    ],
    ['SELECT greatest(a, d) FROM mig_other_0, mig_old', { a: 'DATE' }],
    [
      'SELECT * FROM mig_other_0 WHERE a IN (SELECT d FROM mig_old)',
      { a: 'DATE' },
    ],
    ['SELECT i FROM mig_other_0, unnest(a) AS u(i)', { a: 'VARCHAR[]' }],
    [
      'SELECT a.os, o.b.geo.country, o.b.id FROM mig_other_0 AS o',
      {
        a: 'STRUCT("os" VARCHAR)',
        b: 'STRUCT("geo" STRUCT("country" VARCHAR), "id" VARCHAR)',
      },
    ],
    ['SELECT sum(a.price) FROM mig_other_0', { a: 'STRUCT("price" DOUBLE)' }],
  ])('%s', async (sql, types) => {
    expect(await learn(sql)).toMatchObject({ runs: true, types });
  });

  it.each([
    'SELECT o.more FROM mig_other_0 AS o',
    'WITH x AS (SELECT * FROM mig_other_0) SELECT y.more FROM x AS y',
    'SELECT more FROM (SELECT * FROM mig_other_0) AS x',
    'SELECT * EXCLUDE (more) FROM mig_other_0',
    'SELECT more FROM mig_old, mig_other_0',
    'SELECT x.more FROM (SELECT * FROM mig_old, mig_other_0) AS x',
  ])('adds a column: %s', async sql => {
    expect(await learn(sql)).toMatchObject({ runs: true, added: ['more'] });
  });

  it('takes a column back that another table has', () => {
    const learned = new LearnedColumns();
    const refusal = readRefusal(
      'Binder Error: Ambiguous reference to column name "a" (use: "o.a" or "p.a")',
    );

    expect(refusal).toEqual({
      kind: 'ambiguous',
      name: 'a',
      qualifiers: ['o', 'p'],
    });
    expect(learned.remove('mig_other_0', 'A')).toBe(true);
    expect(learned.lacks('mig_other_0', 'a')).toBe(true);
  });

  it('gives a column back once that turns out to be needed', () => {
    const learned = new LearnedColumns();
    learned.remove('mig_other_0', 'A');

    expect(learned.add('mig_other_0', 'a')).toBe(true);
    expect(learned.lacks('mig_other_0', 'a')).toBe(false);
    expect(learned.addedTo('mig_other_0')).toEqual([]);
    expect(learned.remove('mig_other_0', 'a')).toBe(false);
    expect(learned.add('mig_other_0', 'a')).toBe(false);
  });

  it('adds a column to each table whose query reads it in the same words', async () => {
    const sql =
      'SELECT 1 FROM (SELECT * FROM mig_other_0 WHERE more > 1), (SELECT * FROM mig_other_1 WHERE more > 1)';
    const tree = await parseTree(database, sql);
    const learned = new LearnedColumns();
    const unknowns = {
      guesses: [],
      open: new Set(['mig_other_0', 'mig_other_1']),
    };
    const refusal = { kind: 'column' as const, name: 'more' };
    const first = sql.indexOf('more');

    expect(learnFrom(refusal, tree!, unknowns, learned, first)).toBe(true);
    expect(learned.addedTo('mig_other_1')).toEqual([]);
    expect(learnFrom(refusal, tree!, unknowns, learned, first)).toBe(true);
    expect(learned.addedTo('mig_other_0')).toEqual(['more']);
    expect(learned.addedTo('mig_other_1')).toEqual(['more']);
    expect(learnFrom(refusal, tree!, unknowns, learned, first)).toBe(false);
  });

  it.each([
    'SELECT sum(s) FROM mig_old',
    'SELECT d > s FROM mig_old',
    'SELECT o.more FROM mig_old AS o',
    'SELECT more FROM mig_old',
    'SELECT x.more FROM (SELECT * FROM mig_old) AS x, mig_other_0',
  ])('changes nothing that is declared: %s', async sql => {
    expect(await learn(sql)).toMatchObject({ runs: false, types: {} });
  });
});
