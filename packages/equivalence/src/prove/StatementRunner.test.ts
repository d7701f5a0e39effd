import { ProverDatabase } from '../database/ProverDatabase';
import { StatementRunner } from './StatementRunner';

let database: ProverDatabase;

beforeAll(async () => {
  database = await ProverDatabase.open({
    memoryMb: 256,
    queryTimeoutMs: 5000,
  });
});
beforeEach(async () => {
  await database.run(
    `CREATE TABLE t AS SELECT 'a' AS id, [{'sku': 's1', 'n': 1}, {'sku': 's2', 'n': 2}] AS items`,
  );
});
afterEach(() => database.clear());
afterAll(() => database.close());

async function run(
  sql: string,
): Promise<{ rows: unknown[][]; opaque: string[] }> {
  const runner = new StatementRunner(database, 'bigquery');
  const text = await runner.bindRepaired(sql);
  const { rows } = await database.query(text);
  // Rows of an unnested list come in any order.
  rows.sort((a, b) => (String(a) < String(b) ? -1 : 1));
  return { rows, opaque: [...runner.opaque] };
}

describe('StatementRunner', () => {
  it('gives functions nobody has the type that the query expects', async () => {
    const { rows, opaque } = await run(
      `WITH a AS (SELECT parts_of(id) AS p FROM t) SELECT is_good(id) AND NOT is_bad(id), rank_of(id) + 1 > 0, name_of(id) || 'x' LIKE '%x', p.major || '' <> p.minor FROM a, t WHERE is_kept(id) OR TRUE`,
    );

    expect(opaque.sort()).toEqual([
      'is_bad',
      'is_good',
      'is_kept',
      'name_of',
      'parts_of',
      'rank_of',
    ]);
    expect(rows).toEqual([[expect.any(Boolean), true, true, true]]);
  });

  it('gives fields of fields the types that stand beside them', async () => {
    const { rows } = await run(
      `WITH a AS (SELECT id, seen_of(id) AS s FROM t) SELECT a.s.week.day = DATE '2024-06-15' OR TRUE, a.s.week.active AND TRUE IS NOT NULL, label_of(id).major >= 3 OR TRUE, typeof(a.s) FROM a WHERE a.s.week.active OR TRUE`,
    );

    expect(rows).toEqual([
      [
        true,
        expect.any(Boolean),
        true,
        'STRUCT("week" STRUCT("day" DATE, active BOOLEAN))',
      ],
    ]);
  });

  it('gives lists of what is read of their items', async () => {
    const { rows } = await run(
      'SELECT kv.key, kv.value + 1 > 0 FROM t CROSS JOIN unnest(pairs_of(id)) AS w(kv) WHERE kv.value <= 10000000',
    );

    expect(rows).toEqual([
      [expect.any(String), true],
      [expect.any(String), true],
    ]);
  });

  it('gives lists where they are unnested', async () => {
    const { rows } = await run(
      'SELECT word FROM t CROSS JOIN unnest(words_of(id)) AS w(word)',
    );

    expect(rows).toHaveLength(2);
  });

  it('gives functions as many arguments as calls have', async () => {
    const list = (last: string) =>
      [...Array.from({ length: 30 }, () => 'id'), last].join(', ');

    const { rows } = await run(
      `SELECT key_of(${list("'x'")}) = key_of(${list(
        "'y'",
      )}), key_of(id) = key_of(id) FROM t`,
    );

    expect(rows).toEqual([[false, true]]);
  });

  it('tells functions and arguments apart', async () => {
    const { rows } = await run(
      `SELECT f('a') = f('a'), f('a') = f('b'), f('a') = g('a')`,
    );

    expect(rows).toEqual([[true, false, false]]);
  });

  it('reads fields of unnested structs as columns, as BigQuery does', async () => {
    const expected = [['s1'], ['s2']];

    expect(
      (await run('SELECT sku FROM t CROSS JOIN unnest(items)')).rows,
    ).toEqual(expected);
    expect(
      (
        await run(
          'SELECT items.sku FROM t CROSS JOIN unnest(items) AS _t0(items) WHERE n > 0',
        )
      ).rows,
    ).toEqual(expected);
  });

  it('says what the engine said about the query as it was', async () => {
    await expect(run('SELECT nothing FROM t')).rejects.toThrow(
      /Referenced column "nothing" not found/,
    );
  });
});

describe('ProverDatabase', () => {
  it('forgets what statements made, and keeps what they share', async () => {
    await database.share(['CREATE MACRO plus_one(x) AS x + 1']);
    await database.define('mine', '(x) AS x');
    await database.run('CREATE VIEW v AS SELECT plus_one(mine(1)) AS x');
    await database.clear();

    for (const sql of [
      'SELECT * FROM t',
      'SELECT * FROM v',
      'SELECT mine(1)',
    ]) {
      await expect(database.query(sql)).rejects.toThrow(/does not exist/);
    }
    await expect(database.query('SELECT plus_one(1)')).resolves.toMatchObject({
      rows: [[2]],
    });
    await expect(
      database.query(`SELECT * FROM read_csv('/etc/hostname')`),
    ).rejects.toThrow(/disabled/);
    await expect(database.run(`SET TimeZone='Asia/Tokyo'`)).rejects.toThrow(
      /locked/,
    );
  });
});
