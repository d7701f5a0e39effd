import { ProverDatabase } from '../database/ProverDatabase';
import { visibleOf } from '../database/names';
import { GeneratedColumn } from '../generate/generateRows';
import { Random } from '../generate/Random';
import { BedTable, TestBed } from '../prove/TestBed';
import { parseTree } from '../tree/QueryTree';
import { ScalarName } from '../types/ColumnType';
import { solveRows } from './solveRows';
import { DISTANCE_MACRO } from './truthTable';

jest.setTimeout(60_000);

function column(
  name: string,
  type: ScalarName,
  change: Partial<GeneratedColumn> = {},
): GeneratedColumn {
  return {
    name,
    type: { kind: 'scalar', name: type, known: true },
    required: false,
    unique: false,
    suggested: [],
    literals: [],
    distances: [1],
    ...change,
  };
}

const ORDERS: BedTable = {
  local: 'orders',
  columns: [
    column('id', 'VARCHAR', { required: true, unique: true }),
    column('customer', 'VARCHAR'),
    column('amount', 'BIGINT'),
    column('day', 'DATE', { required: true }),
    column('state', 'VARCHAR', { allowed: [`'open'`, `'done'`] }),
    {
      ...column('tags', 'VARCHAR'),
      type: {
        kind: 'array',
        item: {
          kind: 'struct',
          fields: [
            {
              name: 'k',
              type: { kind: 'scalar', name: 'VARCHAR', known: true },
            },
            {
              name: 'n',
              type: { kind: 'scalar', name: 'BIGINT', known: true },
            },
          ],
        },
      },
    },
  ],
  hidden: [],
  keys: [],
};
const CUSTOMERS: BedTable = {
  local: 'customers',
  columns: [
    column('id', 'VARCHAR', { required: true, unique: true }),
    column('since', 'DATE'),
  ],
  hidden: [],
  keys: [[0, 1]],
};

/** Rows of a query over rows that were made for it alone. */
async function resultOf(query: string, seed = 1) {
  const database = await ProverDatabase.open({
    memoryMb: 256,
    queryTimeoutMs: 5000,
  });
  try {
    await database.share([DISTANCE_MACRO]);
    const tables = [ORDERS, CUSTOMERS];
    const bed = await TestBed.create(database, tables, 'SELECT * FROM orders', {
      bind: async () => undefined,
    });
    const tree = await parseTree(database, query);
    const { rows } = await solveRows({
      queries: tree ? [tree] : [],
      views: new Map(),
      tables,
      database,
      random: new Random(seed),
      seed,
      budget: 60,
      ties: 'some',
    });
    for (const table of tables) {
      await bed.fill(table.local, rows.get(table.local) ?? []);
    }
    await bed.show({});
    const { rows: result } = await database.query(query);
    const all = (table: BedTable) =>
      database.query(`SELECT * FROM ${visibleOf(table.local)}`);
    return {
      result,
      orders: (await all(ORDERS)).rows,
      customers: (await all(CUSTOMERS)).rows,
    };
  } finally {
    database.close();
  }
}

describe('solveRows', () => {
  it('gives a key no value that its column cannot have', async () => {
    const query =
      "SELECT o.id FROM orders o JOIN customers c ON o.day = 'a' || c.id";

    // What cannot be converted is the query's own affair: its rows are there.
    await expect(resultOf(query)).rejects.toThrow(/ON o\.day = /);
  });

  it('makes days that exist, whatever the seed of the run', async () => {
    const { result } = await resultOf(
      `SELECT day, count(DISTINCT customer) AS n FROM orders GROUP BY day ORDER BY day`,
      987_654_321,
    );
    expect(result.length).toBeGreaterThan(1);
  });

  it.each([
    `SELECT id FROM orders WHERE amount > 40 AND state = 'open'`,
    `SELECT id FROM orders WHERE upper(customer) LIKE 'AB_%' AND NOT amount BETWEEN 1 AND 5`,
    `SELECT id FROM orders WHERE year(day) = 2019 AND month(day) = 2`,
    `SELECT id FROM orders WHERE amount / 100 >= 12 AND amount % 2 = 1`,
    `SELECT id FROM orders WHERE length(customer) = 7 AND customer <> id`,
    `SELECT id FROM orders WHERE customer IS NULL OR amount = 17`,
    `SELECT o.id FROM orders o JOIN customers c ON o.customer = c.id AND c.since > o.day`,
    `SELECT o.id FROM orders o JOIN customers c ON c.id = 'c-' || o.customer`,
    `SELECT o.id FROM orders o LEFT JOIN customers c ON o.customer = c.id WHERE c.id IS NULL`,
    `SELECT id FROM orders WHERE customer IN (SELECT id FROM customers WHERE since < DATE '2001-01-01')`,
    `SELECT id FROM orders o WHERE NOT EXISTS (SELECT 1 FROM customers c WHERE c.id = o.customer)`,
    `SELECT id FROM orders WHERE day > (SELECT max(since) FROM customers)`,
    `SELECT customer FROM orders GROUP BY customer HAVING count(*) > 12`,
    `SELECT customer FROM (SELECT customer, count(*) AS n FROM orders GROUP BY 1) WHERE n = 4`,
    `WITH a AS (SELECT customer AS c, amount AS m FROM orders WHERE amount < 0) SELECT c, sum(m) FROM a WHERE c IS NOT NULL GROUP BY c HAVING sum(m) < -30`,
    `SELECT id FROM orders, unnest(tags) AS t(tag) WHERE tag.k = 'color' AND tag.n >= 9`,
    `SELECT id FROM orders WHERE amount = 3 INTERSECT SELECT id FROM orders WHERE state = 'done'`,
  ])('makes rows come out of %s', async query => {
    expect((await resultOf(query)).result.length).toBeGreaterThan(0);
  });

  it('takes both sides of a condition, and both neighbours of a boundary', async () => {
    const { orders } = await resultOf(
      `SELECT id FROM orders WHERE amount > 40 AND state = 'open'`,
    );

    const amounts = orders.map(row => row[2]);
    for (const value of ['39', '40', '41', null]) {
      expect(amounts).toContain(value);
    }
    expect(new Set(orders.map(row => row[4]))).toEqual(
      new Set(['open', 'done', null]),
    );
  });

  it('keeps what is unique and required', async () => {
    const { orders, customers } = await resultOf(
      `SELECT o.id FROM orders o JOIN customers c ON o.customer = c.id`,
    );

    for (const rows of [orders, customers]) {
      const ids = rows.map(row => row[0]);
      expect(ids).not.toContain(null);
      expect(new Set(ids).size).toBe(ids.length);
    }
    expect(orders.map(row => row[3])).not.toContain(null);
    const known = new Set(customers.map(row => row[0]));
    const meets = orders.map(row => known.has(row[1]));
    expect(new Set(meets)).toEqual(new Set([true, false]));
  });

  it('reaches every part of a union', async () => {
    const { result } = await resultOf(
      `SELECT 'a' AS part FROM orders WHERE amount = 1001 UNION ALL SELECT 'b' FROM orders WHERE amount = 2002 UNION ALL SELECT 'c' FROM orders WHERE amount = 3003`,
    );

    expect(new Set(result.flat())).toEqual(new Set(['a', 'b', 'c']));
  });

  it('makes the same rows for the same seed', async () => {
    const query = `SELECT id FROM orders WHERE amount > 40`;

    expect(await resultOf(query, 5)).toEqual(await resultOf(query, 5));
  });
});
