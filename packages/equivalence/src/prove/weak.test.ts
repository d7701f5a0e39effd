import { proveEquivalence } from '../proveEquivalence';
import { userActivityMapping } from '../testUtils/userActivityMapping';

jest.setTimeout(60_000);

describe('a query that hides what it reads', () => {
  it('is not proved by results that hardly any mistake would change', async () => {
    const query = (table: string, country: string, end: string) =>
      `SELECT COUNT(*) > -1 AS x FROM ${table} WHERE (sessions > 3 AND ${country} LIKE 'a%' OR ${country} = 'x')${end}`;
    const evidence = await proveEquivalence({
      mapping: userActivityMapping(),
      statements: [
        {
          path: 'a.sql',
          label: 'statement 1',
          oldSql: query('user_activity_v1', 'country', ''),
          newSql: query(
            'user_activity_v2',
            'country_code',
            ' AND NOT is_deleted',
          ),
          tables: [],
          ordered: false,
        },
      ],
      answers: [],
      seed: 1,
      limits: { timeoutMs: 40_000, memoryMb: 768 },
    });
    expect(evidence).toMatchObject({
      verdict: 'inconclusive',
      reason: 'WEAK_EVIDENCE',
      summary: expect.stringContaining('deliberate mistakes'),
    });
  });
});
