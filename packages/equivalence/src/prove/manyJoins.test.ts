import { ProverDatabase } from '../database/ProverDatabase';
import { userActivityMapping } from '../testUtils/userActivityMapping';
import { loadPolyglot } from '../translate/polyglot';
import { proveStatement } from './proveStatement';

jest.setTimeout(120_000);

beforeAll(loadPolyglot);

describe('a query of many joins', () => {
  const joins = Array.from(
    { length: 9 },
    (_, index) =>
      `LEFT JOIN other.table_${index} t${index} ON t${index}.id = a.user_id`,
  ).join('\n');
  const outputs = Array.from({ length: 9 }, (_, index) => `t${index}.name`);
  const query = (country: string, table: string, where: string) =>
    `SELECT ${country} AS country, CONCAT(${outputs.join(
      ', ',
    )}) AS names FROM \`prod.analytics.${table}\` a\n${joins}\n${where}`;

  it('is proved although every table could multiply its rows', async () => {
    const database = await ProverDatabase.open({
      memoryMb: 256,
      queryTimeoutMs: 3000,
    });
    try {
      const { case: proof } = await proveStatement({
        mapping: userActivityMapping(),
        statement: {
          path: 'a.sql',
          label: 'statement 1',
          oldSql: query('a.country', 'user_activity_v1', ''),
          newSql: query(
            'a.country_code',
            'user_activity_v2',
            'WHERE NOT a.is_deleted',
          ),
          ordered: false,
          tables: [],
        },
        answers: [],
        seed: 1,
        database,
        mutantLimit: 4,
      });

      expect(proof).toMatchObject({ verdict: 'passed' });
      expect(proof.outputRows).toBeLessThan(100_000);
    } finally {
      database.close();
    }
  });
});
