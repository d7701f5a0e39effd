import {
  DatasetMapping,
  Evidence,
  PrintableTable,
} from 'backstage-plugin-dataset-migration-common';
import { proveEquivalence } from '../proveEquivalence';
import { userActivityMapping } from '../testUtils/userActivityMapping';

jest.setTimeout(60_000);

/** The user of each activity is one of `users`. */
function withKey(table = 'analytics.users', field = 'id'): DatasetMapping {
  const mapping = userActivityMapping();
  const [user] = mapping.to.contract.fields;
  user.references = [{ table, field }];
  return mapping;
}

function prove(
  mapping: DatasetMapping,
  newSql: string,
  users = 'users',
): Promise<Evidence> {
  return proveEquivalence({
    mapping,
    statements: [
      {
        path: 'a.sql',
        label: 'statement 1',
        oldSql: `SELECT a.sessions, u.name FROM user_activity_v1 a LEFT JOIN ${users} u ON u.id = a.user_id`,
        newSql: newSql.replaceAll('users', users),
        tables: [
          {
            name: users,
            columns: [
              { name: 'id', type: 'STRING' },
              { name: 'name', type: 'STRING' },
            ],
          },
        ],
        ordered: false,
      },
    ],
    answers: [],
    seed: 3,
    limits: { timeoutMs: 40_000, memoryMb: 768 },
  });
}

/** Right only where every user of an activity is in `users`. */
const INNER =
  'SELECT a.sessions, u.name FROM user_activity_v2 a JOIN users u ON u.id = a.user_id WHERE NOT a.is_deleted';

describe('foreign keys of the new contract', () => {
  it('are kept by generated rows', async () => {
    expect(await prove(userActivityMapping(), INNER)).toMatchObject({
      verdict: 'failed',
      reason: 'DIFFERENT_RESULT',
    });
    const kept = await prove(withKey(), INNER);
    expect([kept.reason, kept.summary]).not.toContain('DIFFERENT_RESULT');
    expect(kept.verdict).not.toBe('failed');
    expect(kept.proof?.cases[0].outputRows).toBeGreaterThan(0);
    const right = await prove(withKey(), INNER.replace('JOIN', 'LEFT JOIN'));
    expect([right.verdict, right.proof?.cases[0].message]).toEqual([
      'passed',
      'every user_id is in id of users, as the new contract says',
    ]);
  });

  it('are kept by counterexamples', async () => {
    const wrong = await prove(
      withKey(),
      INNER.replace('WHERE NOT a.is_deleted', ''),
    );
    expect(wrong.verdict).toBe('failed');
    const [activities, users] = Object.values(
      wrong.proof?.cases[0].counterexample?.inputs ?? {},
    );
    const idsOf = ({ columns, rows }: PrintableTable, name: string) =>
      rows.map(row => row[columns.indexOf(name)]);
    for (const id of idsOf(activities, 'user_id')) {
      expect(idsOf(users, 'id')).toContain(id);
    }
  });

  it('reach the models of dbt by the name of the table', async () => {
    expect((await prove(withKey(), INNER, 'ref_users')).verdict).not.toBe(
      'failed',
    );
  });

  it.each([
    ['of another table', withKey('analytics.customers')],
    ['of another field', withKey('analytics.users', 'name')],
  ])('%s are no reason to trust the join', async (_, mapping) => {
    expect((await prove(mapping, INNER)).verdict).toBe('failed');
  });
});
