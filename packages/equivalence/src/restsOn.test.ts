import { proveEquivalence } from './proveEquivalence';
import { userActivityMapping } from './testUtils/userActivityMapping';

jest.setTimeout(60_000);

describe('evidence of queries with printed macros', () => {
  it('names what both texts rest on', async () => {
    const evidence = await proveEquivalence({
      mapping: userActivityMapping(),
      statements: [
        {
          path: 'models/a.sql',
          label: 'statement 1',
          oldSql: 'SELECT country FROM `prod.analytics.user_activity_v1`',
          newSql:
            'SELECT country_code AS country FROM `prod.analytics.user_activity_v2` WHERE NOT is_deleted',
          ordered: false,
          tables: [],
          assumed: ['var tags', 'dbt.hash'],
        },
      ],
      answers: [],
      seed: 1,
      limits: { timeoutMs: 30_000, memoryMb: 1024 },
    });
    expect(evidence.summary).toMatch(
      /noticed; taken for what they print: dbt\.hash, var tags$/,
    );
  });
});
