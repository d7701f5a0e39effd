import { ProverDatabase } from '../database/ProverDatabase';
import { errorText } from '../database/errorText';
import { parseTree } from '../tree/QueryTree';
import { columnTypeSql } from '../types/ColumnType';
import { readDuckType } from '../types/readDuckType';
import { LearnedColumns } from './LearnedColumns';
import { learnTwins } from './learnTwins';

let database: ProverDatabase;

beforeAll(async () => {
  database = await ProverDatabase.open({ memoryMb: 256, queryTimeoutMs: 5000 });
  await database.run(
    `CREATE TABLE mine (a BIGINT, s STRUCT(x DATE, "the y" VARCHAR[]), t TIMESTAMPTZ)`,
  );
});
afterAll(() => database.close());

/** What is learned of the other table, of which two columns are known as yet. */
async function learn(sql: string): Promise<string | undefined> {
  await database.run(
    'CREATE OR REPLACE TABLE other (a VARCHAR, hidden VARCHAR)',
  );
  const message = await database.query(`DESCRIBE ${sql}`).then(
    () => '',
    error => errorText(error) ?? '',
  );
  const query = await parseTree(database, sql);
  const learned = new LearnedColumns();
  const changed = await learnTwins({
    database,
    message,
    query: query ?? {},
    open: new Set(['other']),
    learned,
  });
  const whole = learned
    .wholeOf('other')
    ?.map(({ name, type }) => `${name} ${columnTypeSql(type)}`)
    .join(', ');
  expect(changed).toBe(whole !== undefined);
  if (whole === undefined) return undefined;
  await database.run(
    `CREATE OR REPLACE TABLE other (${whole.replace(
      /(^|, )(\w+) /g,
      '$1"$2" ',
    )})`,
  );
  await database.query(`DESCRIBE ${sql}`);
  return whole;
}

const MINE = 'a BIGINT, s STRUCT("x" DATE, "the y" VARCHAR[]), t TIMESTAMPTZ';

describe('learnTwins', () => {
  it.each([
    ['SELECT * FROM mine UNION ALL SELECT * FROM other', MINE],
    [
      'WITH m AS (SELECT * FROM mine), o AS (SELECT o.* FROM other AS o) SELECT * FROM o UNION ALL (SELECT * FROM m UNION ALL SELECT * FROM o)',
      MINE,
    ],
    [
      `SELECT 1 AS n, *, 'x' AS v FROM mine UNION ALL SELECT 2, *, 'y' FROM other`,
      MINE,
    ],
    [
      'SELECT a, t FROM mine UNION ALL SELECT * EXCLUDE (hidden) FROM other',
      'a BIGINT, t TIMESTAMPTZ, hidden VARCHAR',
    ],
    [
      'SELECT r.* FROM (SELECT IF(m.a IS NULL, m, o) AS r FROM mine m FULL JOIN other o ON m.a = o.a)',
      MINE,
    ],
  ])('reads %s', async (sql, columns) => {
    expect(await learn(sql)).toBe(columns);
  });

  it.each([
    // Which columns of two tables it takes, nobody knows.
    'SELECT * FROM mine UNION ALL SELECT * FROM other, mine',
    'SELECT a, t FROM mine UNION ALL SELECT a FROM other',
    'SELECT nothing FROM other',
  ])('learns nothing from %s', async sql => {
    expect(await learn(sql)).toBeUndefined();
  });
});

describe('readDuckType', () => {
  it.each([
    ['INTEGER', 'BIGINT'],
    ['DECIMAL(18,3)[]', 'DECIMAL(38, 9)[]'],
    [
      'STRUCT("a, b" STRUCT(c TIMESTAMP WITH TIME ZONE)[], d UUID)',
      'STRUCT("a, b" STRUCT("c" TIMESTAMPTZ)[], "d" VARCHAR)',
    ],
  ])('reads %s', (text, type) => {
    expect(columnTypeSql(readDuckType(text))).toBe(type);
  });
});
