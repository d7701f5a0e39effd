import { ProverDatabase } from '../database/ProverDatabase';
import { parseTree } from '../tree/QueryTree';
import { CoverageProbe } from './CoverageProbe';

let database: ProverDatabase;

beforeAll(async () => {
  database = await ProverDatabase.open({
    memoryMb: 256,
    queryTimeoutMs: 5000,
  });
  await database.run('CREATE TABLE t AS SELECT range AS n FROM range(10)');
  await database.run(`CREATE TABLE u AS SELECT 1 AS n, 'x' AS s`);
});
afterAll(() => database.close());

async function probe(sql: string): Promise<CoverageProbe> {
  const tree = await parseTree(database, sql);
  if (!tree) throw new Error('The query has no tree');
  const coverage = await CoverageProbe.create(database, tree);
  await coverage.measure();
  return coverage;
}

describe('CoverageProbe', () => {
  it('tells which sides of its conditions rows were on', async () => {
    const coverage = await probe(
      `SELECT CASE WHEN n > 8 THEN 1 WHEN n > 80 THEN 2 END AS c, count(*) FILTER (WHERE n >= 0) AS k FROM t WHERE n > 1 AND (n < 4 OR n = 9) AND 1 = 1 GROUP BY 1 HAVING count(*) > 0`,
    );

    expect([coverage.found, coverage.complete]).toEqual([14, false]);
    expect(await coverage.missed()).toEqual([
      { predicate: 'count_star() > 0', missing: 'false' },
      { predicate: 'n > 80', missing: 'true' },
      { predicate: 'n >= 0', missing: 'false' },
    ]);
    expect(coverage.hit).toBe(11);
  });

  it('looks into joins, subqueries and common table expressions', async () => {
    const coverage = await probe(
      `WITH a AS (SELECT n FROM t WHERE n % 2 = 0) SELECT a.n FROM a FULL JOIN u ON a.n = u.n WHERE a.n IN (SELECT n FROM t WHERE n > 3)`,
    );

    expect(coverage.found).toBeGreaterThanOrEqual(6);
    expect(await coverage.missed()).toEqual([
      { predicate: 'a.n = u.n', missing: 'true' },
    ]);
  });

  it('adds up what several sets of rows show', async () => {
    const tree = await parseTree(database, 'SELECT n FROM v WHERE n > 5');
    await database.run('CREATE TABLE v AS SELECT 1 AS n');
    const coverage = await CoverageProbe.create(database, tree ?? {});
    await coverage.measure();
    expect(coverage.complete).toBe(false);
    await database.run('INSERT INTO v VALUES (6)');
    await coverage.measure();

    expect([coverage.found, coverage.hit]).toEqual([2, 2]);
    expect(coverage.complete).toBe(true);
  });
});
