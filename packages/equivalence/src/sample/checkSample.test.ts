import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import {
  DatasetMapping,
  SampleConnection,
} from 'backstage-plugin-dataset-migration-common';
import { userActivityMapping } from '../testUtils/userActivityMapping';
import { checkSample, compareQueriesOnSample } from './checkSample';

jest.setTimeout(60_000);

const LIMITS = { timeoutMs: 30_000, memoryMb: 768 };

/** The mapping with a key, so that rows can be told apart. */
function keyed(): DatasetMapping {
  const mapping = userActivityMapping();
  for (const { contract } of [mapping.from, mapping.to]) {
    contract.fields = contract.fields.map(field =>
      field.name === 'user_id' ? { ...field, primaryKey: true } : field,
    );
  }
  return mapping;
}

const NEW_ROWS = `user_id,country_code,platform,version,event_ms,quality_score,rank,sessions,is_deleted
u1,DE,ios,1.0,1700000000000,0.5,1,3,false
u2,SE,web,2.1,1700000060000,0.7,2,4,false
u3,DE,android,2.0,1700000120000,,3,5,true
u4,FR,ios,1.1,1700000180000,0.9,4,6,false
`;
const OLD_ROWS = `user_id,country,activity_ts,app_version,score,legacy_id,sessions
u1,DE,2023-11-14 22:13:20 UTC,ios/1.0,0.5,1,3
u2,SE,2023-11-14 22:14:20 UTC,web/2.1,0.7,2,4
u4,FR,2023-11-14 22:16:20 UTC,ios/1.1,0.9,4,6
`;

describe('a sample of real data', () => {
  let directory: string;
  let connection: SampleConnection;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'sample-test-'));
    connection = { kind: 'directory', path: directory };
    write({ user_activity_v2: NEW_ROWS, user_activity_v1: OLD_ROWS });
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  function write(tables: Record<string, string>) {
    for (const [name, text] of Object.entries(tables)) {
      writeFileSync(join(directory, `${name}.csv`), text);
    }
  }

  const check = (mapping = keyed()) =>
    checkSample({ connection, mapping, answers: [], limits: LIMITS });

  const compare = async (
    oldSql: string,
    newSql: string,
    tables: Array<{ name: string }> = [],
  ) => {
    const { proof, ...evidence } = await compareQueriesOnSample({
      connection,
      mapping: keyed(),
      answers: [],
      limits: LIMITS,
      seed: 1,
      statements: [
        {
          path: 'a.sql',
          label: 'statement 1',
          oldSql,
          newSql,
          tables,
          ordered: false,
        },
      ],
    });
    return { ...evidence, case: proof?.cases[0] };
  };

  it('agrees with contracts and mapping that are right', async () => {
    expect(await check()).toEqual({
      tables: [
        { side: 'from', name: 'user_activity_v1', rows: 3, complete: true },
        { side: 'to', name: 'user_activity_v2', rows: 4, complete: true },
      ],
      drift: [],
      mapping: expect.objectContaining({
        verdict: 'passed',
        outputRows: 3,
        message:
          '3 rows agree; 0 keys are in the old sample only, 0 in the new one only',
      }),
    });
  });

  it('shows rows on which the mapping is wrong', async () => {
    const mapping = keyed();
    mapping.fields = mapping.fields.map(field =>
      field.name === 'app_version'
        ? {
            kind: 'expression',
            name: 'app_version',
            is: "CONCAT(platform, '-', version)",
          }
        : field,
    );
    const report = await check(mapping);
    expect(report.mapping).toMatchObject({
      verdict: 'failed',
      reason: 'MAPPING_DIFFERS',
      message: '3 of 3 rows differ from the mapping in app_version',
    });
    expect(report.mapping.counterexample?.old.rows[0]).toContain('ios/1.0');
    expect(report.mapping.counterexample?.new.rows[0]).toContain('ios-1.0');
  });

  it('says that samples hold no row in common', async () => {
    write({
      user_activity_v1: OLD_ROWS.replace(/^u/gm, 'w').replace('wser', 'user'),
    });
    expect((await check()).mapping).toMatchObject({
      verdict: 'inconclusive',
      reason: 'SAMPLES_DO_NOT_MEET',
    });
  });

  it('finds a condition on rows that the mapping lacks', async () => {
    const mapping = keyed();
    mapping.rows = { grain: 'same' };
    const report = await check(mapping);
    expect(report.mapping).toMatchObject({
      verdict: 'inconclusive',
      reason: 'SAMPLES_HAVE_OTHER_ROWS',
      message:
        '3 rows agree; 0 keys are in the old sample only, 1 in the new one only',
    });
  });

  it('finds drift of columns, types, values, NULLs and keys', async () => {
    write({
      user_activity_v2: `user_id,country_code,platform,version,event_ms,quality_score,rank,is_deleted,surprise
u1,DE,ios,1.0,soon,0.5,1,false,1
u1,DE,palm,1.0,1700000000000,0.5,1,,1
`,
    });
    const { drift } = await check();
    expect(
      drift.map(({ code, field, severity }) => [code, field, severity]),
    ).toEqual([
      ['DRIFT_ENUM', 'platform', 'error'],
      ['DRIFT_TYPE', 'event_ms', 'error'],
      ['DRIFT_COLUMN_MISSING', 'sessions', 'error'],
      ['DRIFT_NULL', 'is_deleted', 'error'],
      ['DRIFT_NOT_UNIQUE', 'user_id', 'error'],
      ['DRIFT_COLUMN_EXTRA', 'surprise', 'warning'],
    ]);
    expect(drift[0].message).toBe(
      'platform has values that the contract does not list: "palm"',
    );
  });

  it('compares queries on the sample', async () => {
    const old =
      'SELECT country, SUM(sessions) AS s FROM user_activity_v1 GROUP BY country';
    const right =
      'SELECT country_code AS country, SUM(sessions) AS s FROM user_activity_v2 WHERE NOT is_deleted GROUP BY country';
    expect(await compare(old, right)).toMatchObject({
      verifier: 'equivalent-on-sample',
      rung: 'equivalent-on-sample',
      verdict: 'passed',
      summary:
        'Old and new agree on 1 query over the sample (3 rows compared).',
      case: {
        outputRows: 3,
        inputRows: { 'prod.analytics.user_activity_v2': 4 },
      },
    });
    const wrong = await compare(
      old,
      right.replace('WHERE NOT is_deleted ', ''),
    );
    expect(wrong).toMatchObject({
      verdict: 'failed',
      reason: 'DIFFERENT_RESULT',
    });
    expect(
      wrong.case?.counterexample?.inputs['prod.analytics.user_activity_v2']
        .rows,
    ).toEqual([expect.arrayContaining(['u3'])]);
  });

  it('needs every table that a query reads, and rows that it returns', async () => {
    const on = (table: string) =>
      `SELECT a.user_id, u.name FROM ${table} a JOIN ref_users u ON a.user_id = u.id`;
    const joined = () =>
      compare(
        on('user_activity_v1'),
        `${on('user_activity_v2')} WHERE NOT a.is_deleted`,
        [{ name: 'ref_users' }],
      );
    expect(await joined()).toMatchObject({
      verdict: 'not-run',
      reason: 'SAMPLE_INCOMPLETE',
      summary:
        'a.sql, statement 1: The sample has no table ref_users, which the query reads too',
    });
    write({ users: 'id,name\nu1,Ada\nu3,Bob\n' });
    expect(await joined()).toMatchObject({
      verdict: 'passed',
      case: { outputRows: 1 },
    });
    expect(
      await compare(
        "SELECT country FROM user_activity_v1 WHERE country = 'XX'",
        "SELECT country_code AS country FROM user_activity_v2 WHERE country_code = 'XX' AND NOT is_deleted",
      ),
    ).toMatchObject({ verdict: 'inconclusive', reason: 'EMPTY_RESULT' });
    expect(
      await compare(
        'SELECT score FROM user_activity_v1',
        'SELECT quality_score AS score FROM user_activity_v2 WHERE NOT is_deleted',
      ),
    ).toMatchObject({ verdict: 'not-run', reason: 'FIELD_NEEDS_JUDGEMENT' });
  });

  it('reads typed tables of a DuckDB file, and finds types that drifted', async () => {
    const file = join(directory, 'sample.db');
    const instance = await DuckDBInstance.create(file);
    const database = await instance.connect();
    await database.run('CREATE SCHEMA analytics');
    await database.run(
      `CREATE TABLE analytics.user_activity_v2 AS SELECT 'u1' AS user_id, 'DE' AS country_code, 'ios' AS platform,
       '1.0' AS version, 'late' AS event_ms, 1 AS quality_score, 1::INTEGER AS rank, 3::BIGINT AS sessions, false AS is_deleted`,
    );
    database.closeSync();
    instance.closeSync();
    connection = { kind: 'duckdb', file };
    const { tables, drift, mapping } = await check();
    expect(tables).toEqual([
      {
        side: 'to',
        name: 'analytics.user_activity_v2',
        rows: 1,
        complete: true,
      },
    ]);
    expect(drift.map(({ message, severity }) => [message, severity])).toEqual([
      ['event_ms is VARCHAR; the contract says INT64', 'error'],
      ['quality_score is INTEGER; the contract says FLOAT64', 'warning'],
    ]);
    expect(mapping).toMatchObject({
      verdict: 'not-run',
      reason: 'SAMPLE_INCOMPLETE',
    });
  });

  it('compares the rows of the same keys of large tables', async () => {
    const file = join(directory, 'large.duckdb');
    const instance = await DuckDBInstance.create(file);
    const database = await instance.connect();
    await database.run(`CREATE SCHEMA analytics; USE large.analytics;
      CREATE TABLE user_activity_v2 AS SELECT n::VARCHAR AS user_id, 'DE' AS country_code,
        'ios' AS platform, '1' AS version, 1700000000000 + n AS event_ms, n / 8.0 AS quality_score,
        n AS rank, n % 7 AS sessions, n % 10 = 0 AS is_deleted FROM range(25000) t(n);
      CREATE TABLE user_activity_v1 AS SELECT user_id, country_code AS country,
        epoch_ms(event_ms::BIGINT) AS activity_ts, 'ios/1' AS app_version, quality_score AS score,
        1::BIGINT AS legacy_id, sessions FROM user_activity_v2 WHERE NOT is_deleted ORDER BY rank DESC`);
    database.closeSync();
    instance.closeSync();
    const report = await checkSample({
      connection: { kind: 'duckdb', file },
      mapping: keyed(),
      answers: [],
      limits: LIMITS,
    });
    expect(report.tables.map(({ complete }) => complete)).toEqual([
      false,
      false,
    ]);
    expect(report.mapping).toMatchObject({
      verdict: 'passed',
      message: expect.stringMatching(/^\d{4} rows agree; 0 keys/),
    });
  });

  it('says what is wrong with a sample that cannot be read', async () => {
    connection = { kind: 'duckdb', file: join(directory, 'none.db') };
    await expect(check()).rejects.toThrow(/could not be checked: .*none\.db/);
    expect(
      (
        await compare(
          'SELECT 1 FROM user_activity_v1',
          'SELECT 1 FROM user_activity_v2',
        )
      ).reason,
    ).toBe('SAMPLE_NOT_READ');
  });
});
