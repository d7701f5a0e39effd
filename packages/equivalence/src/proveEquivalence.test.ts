import {
  Evidence,
  FieldAnswer,
} from 'backstage-plugin-dataset-migration-common';
import { EquivalenceStatement } from './EquivalenceInput';
import { proveEquivalence } from './proveEquivalence';
import { userActivityMapping } from './testUtils/userActivityMapping';

jest.setTimeout(60_000);

const OLD = '`prod.analytics.user_activity_v1`';
const NEW = '`prod.analytics.user_activity_v2`';
const LIMITS = { timeoutMs: 30_000, memoryMb: 1024 };

function statement(
  oldSql: string,
  newSql: string,
  extra: Partial<EquivalenceStatement> = {},
): EquivalenceStatement {
  return {
    path: 'sql/report.sql',
    label: 'statement 1',
    oldSql,
    newSql,
    ordered: /order by/i.test(oldSql),
    tables: [],
    ...extra,
  };
}

function prove(
  statements: EquivalenceStatement[],
  answers: FieldAnswer[] = [],
): Promise<Evidence> {
  return proveEquivalence({
    mapping: userActivityMapping(),
    statements,
    answers,
    seed: 1,
    limits: LIMITS,
  });
}

describe('proveEquivalence', () => {
  it('proves a renamed field with the where of the mapping', async () => {
    const evidence = await prove([
      statement(
        `SELECT country FROM ${OLD}`,
        `SELECT country_code AS country FROM ${NEW} WHERE NOT is_deleted`,
      ),
    ]);
    expect(evidence).toMatchObject({ verdict: 'passed' });
  });
});
