import { ProverDatabase } from '../database/ProverDatabase';
import { ANY_ORDER_MACRO, markUnorderedLists } from './unorderedLists';

let database: ProverDatabase;

beforeAll(async () => {
  database = await ProverDatabase.open({ memoryMb: 256, queryTimeoutMs: 5000 });
  await database.share([ANY_ORDER_MACRO]);
});
afterAll(() => database.close());

async function list(aggregate: string, order: string): Promise<unknown> {
  const { rows } = await database.query(
    `SELECT ${markUnorderedLists(
      aggregate,
    )} FROM (SELECT * FROM (VALUES ('b'), ('a'), ('d'), (NULL), ('c'), ('a')) AS t(x) ORDER BY x ${order})`,
  );
  return rows[0][0];
}

describe('markUnorderedLists', () => {
  it.each([
    'ARRAY_AGG(DISTINCT x)',
    "ARRAY_AGG(DISTINCT x) FILTER(WHERE x <> 'z')",
    'LEN(ARRAY_AGG(DISTINCT UPPER(x)))',
  ])('%s does not depend on the order of rows', async aggregate => {
    const first = await list(aggregate, 'ASC');

    expect(await list(aggregate, 'DESC')).toEqual(first);
  });

  it('keeps items, and does not sort as a query would', async () => {
    const items = (await list(
      'ARRAY_AGG(DISTINCT x) FILTER(WHERE x IS NOT NULL)',
      'ASC',
    )) as string[];

    expect([...items].sort()).toEqual(['a', 'b', 'c', 'd']);
    expect(items).not.toEqual(['a', 'b', 'c', 'd']);
    expect(items).not.toEqual(['d', 'c', 'b', 'a']);
  });

  it.each([
    'SELECT ARRAY_AGG(x), ARRAY_AGG(DISTINCT x ORDER BY x) FROM t',
    'SELECT ARRAY_AGG(DISTINCT x LIMIT 3), ARRAY_AGG(DISTINCT x)[1] FROM t',
    'SELECT ARRAY_AGG(DISTINCT x) OVER (PARTITION BY y) FROM t',
    "SELECT ARRAY_AGG(DISTINCT x) FILTER(WHERE f(')')) OVER () FROM t",
  ])('leaves alone: %s', sql => {
    expect(markUnorderedLists(sql)).toBe(sql);
  });
});
