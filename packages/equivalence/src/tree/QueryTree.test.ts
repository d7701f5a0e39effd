import { ProverDatabase } from '../database/ProverDatabase';
import { parseTree, printTrees } from './QueryTree';

let database: ProverDatabase;

beforeAll(async () => {
  database = await ProverDatabase.open({ memoryMb: 256, queryTimeoutMs: 5000 });
  await database.run(
    `CREATE TABLE a AS SELECT UNNEST([1, 2]) AS x, [7, 8] AS list; CREATE TABLE b AS SELECT 5 AS y; CREATE TABLE c AS SELECT UNNEST([2, 3]) AS z`,
  );
});
afterAll(() => database.close());

describe('printTrees', () => {
  it.each([
    'SELECT x, y, z FROM a CROSS JOIN b LEFT JOIN c ON x = z',
    'SELECT x, y, z FROM a CROSS JOIN b FULL JOIN c ON x = z',
    'SELECT x, y, z FROM a CROSS JOIN b RIGHT JOIN c ON TRUE',
    'SELECT x, i, z FROM a CROSS JOIN UNNEST(list) AS u(i) LEFT JOIN c ON x = z',
    'SELECT x, y, z FROM c LEFT JOIN (a CROSS JOIN b) ON x = z',
    'SELECT x, y FROM a, b',
    'SELECT x, y, z FROM a, b FULL JOIN c ON y = z',
  ])('keeps what joins mean: %s', async sql => {
    const tree = await parseTree(database, sql);
    const [text] = await printTrees(database, [tree!]);
    const sorted = `ORDER BY ALL`;

    const { rows } = await database.query(`${text} ${sorted}`);

    expect(rows).toEqual((await database.query(`${sql} ${sorted}`)).rows);
    expect(rows.length).toBeGreaterThan(0);
  });
});
