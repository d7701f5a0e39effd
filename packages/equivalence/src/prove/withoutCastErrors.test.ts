import { ProverDatabase } from '../database/ProverDatabase';
import { withoutCastErrors } from './withoutCastErrors';

let database: ProverDatabase;

beforeAll(async () => {
  database = await ProverDatabase.open({ memoryMb: 256, queryTimeoutMs: 5000 });
});
afterAll(() => database.close());

describe('withoutCastErrors', () => {
  it.each([
    [
      `SELECT CAST('x' AS INTEGER), x::DATE FROM (SELECT 'y' AS x)`,
      [[null, null]],
    ],
    [
      `SELECT x IS TRUE, x IS NOT FALSE FROM (VALUES ('503'), ('true')) AS t(x)`,
      [
        [false, true],
        [true, true],
      ],
    ],
    [`SELECT 'CAST(' || CAST(1 AS VARCHAR)`, [['CAST(1']]],
  ])('%s', async (sql, rows) => {
    const text = await withoutCastErrors(database, sql);

    expect((await database.query(text)).rows).toEqual(rows);
  });
});
