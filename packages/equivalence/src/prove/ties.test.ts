import { proveActivity } from '../testUtils/proveActivity';
import { loadPolyglot } from '../translate/polyglot';

jest.setTimeout(120_000);

const OLD = '`prod.analytics.user_activity_v1`';
const NEW = '`prod.analytics.user_activity_v2`';

beforeAll(loadPolyglot);

async function prove(oldSql: string, newSql: string) {
  return (await proveActivity(oldSql, newSql)).case;
}

const latest = (order: string, rest = '') =>
  `QUALIFY ROW_NUMBER() OVER (PARTITION BY country${rest} ORDER BY ${order}) = 1`;

describe('rows that are equal in what a query sorts by', () => {
  it.each([
    [
      'a window without a full order',
      `SELECT user_id FROM ${OLD} ${latest('sessions')}`,
      `SELECT user_id FROM ${NEW} WHERE NOT is_deleted ${latest(
        'sessions',
        '_code',
      )}`,
    ],
    [
      'a window without any order',
      `SELECT user_id, sessions FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY user_id) AS n FROM ${OLD}) WHERE n = 1 AND sessions > 2`,
      `SELECT user_id, sessions FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY user_id) AS n FROM ${NEW} WHERE NOT is_deleted) WHERE n = 1 AND sessions > 2`,
    ],
  ])('are kept apart for %s, and the proof says so', async (_, old, next) => {
    expect(await prove(old, next)).toMatchObject({
      verdict: 'passed',
      message: expect.stringMatching(/depends on their order/),
    });
  });

  it('do not hide a lost key of the order', async () => {
    expect(
      await prove(
        `SELECT country, sessions FROM ${OLD} ${latest(
          'activity_ts, sessions',
        )}`,
        `SELECT country_code AS country, sessions FROM ${NEW} WHERE NOT is_deleted ${latest(
          'TIMESTAMP_MILLIS(event_ms)',
          '_code',
        )}`,
      ),
    ).toMatchObject({ verdict: 'failed', reason: 'DIFFERENT_RESULT' });
  });

  it('do not hide another direction', async () => {
    expect(
      await prove(
        `SELECT user_id FROM ${OLD} ${latest('sessions')}`,
        `SELECT user_id FROM ${NEW} WHERE NOT is_deleted ${latest(
          'sessions DESC',
          '_code',
        )}`,
      ),
    ).toMatchObject({ verdict: 'failed', reason: 'DIFFERENT_RESULT' });
  });

  it('are what a LIMIT without an order always has', async () => {
    expect(
      await prove(
        `SELECT user_id FROM ${OLD} LIMIT 1`,
        `SELECT user_id FROM ${NEW} WHERE NOT is_deleted LIMIT 1`,
      ),
    ).toMatchObject({
      verdict: 'inconclusive',
      reason: 'NONDETERMINISTIC',
    });
  });

  it('are put in order inside of lists', async () => {
    const lists = (table: string, rest: string) =>
      `SELECT user_id, ARRAY_AGG(sessions) AS any_order, STRING_AGG(word ORDER BY sessions) AS words FROM ${table}, UNNEST(['b', 'a', 'c']) AS word ${rest}GROUP BY user_id`;

    expect(
      await prove(lists(OLD, ''), lists(NEW, 'WHERE NOT is_deleted ')),
    ).toMatchObject({ verdict: 'passed' });
    expect(
      await prove(
        lists(OLD, ''),
        lists(NEW, 'WHERE NOT is_deleted ').replace('BY sessions', 'BY word'),
      ),
    ).toMatchObject({ verdict: 'failed' });
  });

  it('do not hide a lost order of a list', async () => {
    const list = (table: string, order: string, rest: string) =>
      `SELECT user_id, ARRAY_AGG(word${order}) AS words FROM ${table}, UNNEST(['b', 'a', 'c']) AS word ${rest}GROUP BY user_id`;

    expect(
      await prove(
        list(OLD, ' ORDER BY word', ''),
        list(NEW, '', 'WHERE NOT is_deleted '),
      ),
    ).toMatchObject({ verdict: 'failed' });
  });
});
