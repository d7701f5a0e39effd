import { ProverDatabase } from '../database/ProverDatabase';
import { loadPolyglot } from './polyglot';
import { translateQuery } from './translateQuery';

let database: ProverDatabase;

beforeAll(async () => {
  await loadPolyglot();
  database = await ProverDatabase.open({ memoryMb: 256, queryTimeoutMs: 5000 });
  await database.run(
    `CREATE TABLE sales AS SELECT 'a' AS shop, 'x' AS kind, 1 AS n UNION ALL SELECT 'a', 'y', 2`,
  );
});
afterAll(() => database.close());

describe('names of columns of a PIVOT', () => {
  it.each([
    [
      `(SUM(n) AS total FOR kind IN ('x', 'y'))`,
      ['total_x', 'total_y'],
      ['1', '2'],
    ],
    [
      `(SUM(n) total FOR kind IN ('x' AS one, 'y' AS two))`,
      ['total_one', 'total_two'],
      ['1', '2'],
    ],
    [
      `(ANY_VALUE(LOWER(kind)) AS k FOR n IN (1, 2, 3))`,
      ['k_1', 'k_2', 'k_3'],
      ['x', 'y', null],
    ],
    [`(SUM(n) FOR kind IN ('x'))`, ['x'], ['1']],
    [`(MAX(kind) FOR n IN (1))`, ['_1'], ['x']],
  ])('%s', async (pivot, names, values) => {
    const text = translateQuery(
      `SELECT * FROM sales PIVOT ${pivot}`,
      'bigquery',
      () => 'sales',
    );

    const { columns, rows } = await database.query(text);

    expect(columns.slice(-names.length)).toEqual(names);
    expect(rows[0].slice(-names.length)).toEqual(values);
  });

  it('leaves alone what it cannot name', () => {
    const text = translateQuery(
      `SELECT * FROM sales PIVOT (SUM(n) AS s, MAX(n) AS m FOR kind IN ('x'))`,
      'bigquery',
      () => 'sales',
    );

    expect(text).toContain(`PIVOT(SUM(n) AS s, MAX(n) AS m FOR kind IN ('x'))`);
  });
});
