import { DatasetMapping } from 'backstage-plugin-dataset-migration-common';
import { ProverDatabase } from '../database/ProverDatabase';
import { userActivityMapping } from '../testUtils/userActivityMapping';
import { loadPolyglot } from '../translate/polyglot';
import { proveStatement } from './proveStatement';

jest.setTimeout(120_000);

beforeAll(loadPolyglot);

async function prove(
  oldSql: string,
  newSql: string,
  dialect: DatasetMapping['dialect'] = 'snowflake',
) {
  const database = await ProverDatabase.open({
    memoryMb: 256,
    queryTimeoutMs: 5000,
  });
  const text = JSON.stringify({ ...userActivityMapping(), dialect });
  const mapping: DatasetMapping = JSON.parse(
    dialect === 'bigquery'
      ? text
      : text
          .replace(/"INT64"/g, '"INTEGER"')
          .replace(/"FLOAT64"/g, '"FLOAT"')
          .replace(/"BOOL"/g, '"BOOLEAN"')
          .replace('TIMESTAMP_MILLIS(event_ms)', 'TO_TIMESTAMP(event_ms, 3)'),
  );
  try {
    return await proveStatement({
      mapping,
      statement: {
        path: 'a.sql',
        label: 'statement 1',
        oldSql,
        newSql,
        ordered: false,
        tables: [
          {
            name: 'other.days',
            columns: [
              { name: 'id', type: 'VARCHAR' },
              { name: 'day', type: 'DATE' },
              { name: 'flag', type: 'BOOLEAN' },
            ],
          },
        ],
      },
      answers: [],
      seed: 1,
      database,
    });
  } finally {
    database.close();
  }
}

const OLD = 'prod.analytics.user_activity_v1';
const NEW = 'prod.analytics.user_activity_v2';
const joined = (outputs: string, table: string, rest: string) =>
  `SELECT ${outputs} FROM ${table} a JOIN other.days d ON d.id = a.user_id ${rest}`;

describe('conversions that the old query leaves to the warehouse', () => {
  it.each([
    [
      'a function of texts on a date and a condition',
      `SPLIT_PART(d.day, '-', 1) AS y, LOWER(d.flag) AS flag`,
      `WHERE d.day LIKE '2024-%'`,
      `WHERE d.day LIKE '2024-%' AND NOT a.is_deleted`,
    ],
    [
      'a text among dates',
      `CASE WHEN d.flag THEN d.id ELSE d.day END AS thing`,
      '',
      'WHERE NOT a.is_deleted',
    ],
  ])('are spelled out: %s', async (_, outputs, rest, newRest) => {
    const proof = await prove(
      joined(`a.country AS country, ${outputs}`, OLD, rest),
      joined(`a.country_code AS country, ${outputs}`, NEW, newRest),
    );

    expect(proof.case).toMatchObject({ verdict: 'passed' });
    expect(proof.errorsNotCompared).toBe(true);
  });

  it('hide no difference', async () => {
    const outputs = 'LOWER(d.flag) AS flag, a.sessions AS sessions';
    const proof = await prove(
      joined(outputs, OLD, ''),
      joined(
        outputs.replace('d.flag', 'a.user_id'),
        NEW,
        'WHERE NOT a.is_deleted',
      ),
    );

    expect(proof.case).toMatchObject({ verdict: 'failed' });
  });

  it('are none that the new query alone needs', async () => {
    const proof = await prove(
      joined('a.user_id AS x', OLD, ''),
      joined('LOWER(d.flag) AS x', NEW, 'WHERE NOT a.is_deleted'),
    );

    expect(proof.case).toMatchObject({
      verdict: 'inconclusive',
      reason: 'NOT_RUNNABLE',
    });
  });

  it('are unknown to BigQuery', async () => {
    const proof = await prove(
      joined('LOWER(d.flag) AS x', `\`${OLD}\``, ''),
      joined('LOWER(d.flag) AS x', `\`${NEW}\``, 'WHERE NOT a.is_deleted'),
      'bigquery',
    );

    expect(proof.case).toMatchObject({
      verdict: 'inconclusive',
      reason: 'NOT_RUNNABLE',
    });
  });
});
