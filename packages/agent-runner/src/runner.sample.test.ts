import { join } from 'path';
import { DuckDBInstance } from '@duckdb/node-api';
import {
  RUN_CONNECTION_VARIABLE,
  RunJob,
  SampleConnection,
} from 'backstage-plugin-dataset-migration-common';
import { exampleJob } from './testing/exampleJob';
import { RunnerBench } from './testing/RunnerBench';

jest.setTimeout(90_000);

const QUERY =
  'SELECT country, COUNT(*) AS n\nFROM analytics.user_activity_v1\nGROUP BY country\n';
const SETUP = `
  CREATE SCHEMA analytics;
  CREATE TABLE analytics.user_activity_v2 (user_id BIGINT, country_code VARCHAR, is_deleted BOOLEAN);
  INSERT INTO analytics.user_activity_v2 VALUES (1, 'DE', false), (2, 'SE', false), (3, 'SE', true);
  CREATE TABLE analytics.user_activity_v1 AS
    SELECT user_id, country_code AS country FROM analytics.user_activity_v2 WHERE NOT is_deleted;
`;

describe('a run with a connection to real data', () => {
  let bench: RunnerBench;
  let sample: SampleConnection;

  beforeEach(async () => {
    bench = await RunnerBench.start();
    const file = join(bench.directory, 'sample.duckdb');
    sample = { kind: 'duckdb', file };
    await change(SETUP);
  });
  afterEach(() => bench.stop());

  async function change(sql: string) {
    const instance = await DuckDBInstance.create(
      join(bench.directory, 'sample.duckdb'),
    );
    const database = await instance.connect();
    await database.run(sql);
    database.closeSync();
    instance.closeSync();
  }

  const job = (showRows: boolean): RunJob => ({
    ...exampleJob(bench.url),
    connection: { name: 'warehouse', showRows },
  });
  const environment = () => ({
    [RUN_CONNECTION_VARIABLE]: JSON.stringify(sample),
  });

  async function evidenceOf(showRows: boolean, given = environment()) {
    const { evidence, rung } = await bench.run(
      [{ path: 'sql/report.sql', content: QUERY }],
      job(showRows),
      given,
    );
    const found = evidence.find(
      ({ verifier }) => verifier === 'equivalent-on-sample',
    );
    return { rung, ...found };
  }

  it('compares the change on it, and says so as a rung', async () => {
    expect(await evidenceOf(false)).toMatchObject({
      verdict: 'passed',
      rung: 'equivalent-on-sample',
      summary:
        'Old and new agree on 1 query over the sample (2 rows compared).',
    });
  });

  it('says that the fleet did not hand it over', async () => {
    expect(
      await evidenceOf(false, { [RUN_CONNECTION_VARIABLE]: '' }),
    ).toMatchObject({
      verdict: 'not-run',
      reason: 'CONNECTION_NOT_GIVEN',
      summary: 'The fleet did not hand over the connection warehouse.',
    });
  });

  it('refuses a connection that it does not know, without its address', async () => {
    const { code, output } = await bench.start(job(false), [], {
      [RUN_CONNECTION_VARIABLE]: '{"kind":"mysql","url":"mysql://hidden"}',
    }).ended;
    expect([code, output]).toEqual([
      2,
      'DATASET_MIGRATION_CONNECTION.kind must be one of duckdb, directory, postgres\n',
    ]);
  });

  describe('checks the mapping of a plan', () => {
    const check = async (showRows: boolean) => {
      const { mapping } = exampleJob(bench.url);
      for (const { contract } of [mapping.from, mapping.to]) {
        contract.fields[0] = { ...contract.fields[0], primaryKey: true };
      }
      const { code, output, result } = await bench.start(
        { mapping, showRows, timeoutMs: 30_000 },
        ['--check-sample'],
        environment(),
      ).ended;
      expect([code, output]).toEqual([0, '']);
      return result;
    };

    it('and finds it right', async () => {
      expect(await check(false)).toMatchObject({
        report: { drift: [], mapping: { verdict: 'passed', outputRows: 2 } },
      });
    });

    it('and shows rows only where that is wanted', async () => {
      await change(
        `UPDATE analytics.user_activity_v1 SET country = 'Secretia' WHERE user_id = 2`,
      );
      const shown = await check(true);
      expect(shown).toMatchObject({
        report: { mapping: { verdict: 'failed', reason: 'MAPPING_DIFFERS' } },
      });
      expect(JSON.stringify(shown)).toContain('Secretia');
      const hidden = await check(false);
      expect(hidden).toMatchObject({
        report: {
          mapping: {
            verdict: 'failed',
            message: '1 of 2 rows differ from the mapping in country',
          },
        },
      });
      expect(JSON.stringify(hidden)).not.toContain('Secretia');
    });

    it('and says that it could not read', async () => {
      sample = { kind: 'directory', path: join(bench.directory, 'nothing') };
      expect(await check(false)).toEqual({
        error: expect.stringContaining('The sample could not be checked'),
      });
    });
  });
});
