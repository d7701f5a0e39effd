import { proveActivity } from '../testUtils/proveActivity';
import { loadPolyglot } from '../translate/polyglot';

jest.setTimeout(120_000);

const OLD = '`prod.analytics.user_activity_v1`';
const NEW = '`prod.analytics.user_activity_v2`';

beforeAll(loadPolyglot);

describe('a query that makes many rows of few', () => {
  const from = (table: string, where: string) =>
    `FROM ${table} a, ${table} b, ${table} c, ${table} d ${where}`;

  it('is proved on few', async () => {
    const { case: proof } = await proveActivity(
      `SELECT a.country, b.user_id, c.sessions, d.sessions AS other ${from(
        OLD,
        '',
      )}`,
      `SELECT a.country_code AS country, b.user_id, c.sessions, d.sessions AS other ${from(
        NEW,
        'WHERE NOT a.is_deleted AND NOT b.is_deleted AND NOT c.is_deleted AND NOT d.is_deleted',
      )}`,
    );

    expect(proof).toMatchObject({ verdict: 'passed' });
    expect(proof.outputRows).toBeLessThanOrEqual(2000);
  });

  it('is told from one that makes others', async () => {
    const { case: proof } = await proveActivity(
      `SELECT a.country ${from(OLD, '')}`,
      `SELECT a.country_code AS country ${from(
        NEW,
        'WHERE NOT a.is_deleted AND NOT b.is_deleted AND NOT c.is_deleted',
      )}`,
    );

    expect(proof).toMatchObject({ verdict: 'failed' });
  });
});
