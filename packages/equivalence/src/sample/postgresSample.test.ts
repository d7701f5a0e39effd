import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { Client } from 'pg';
import { userActivityMapping } from '../testUtils/userActivityMapping';
import { checkSample, compareQueriesOnSample } from './checkSample';
import { PostgresSampleReader } from './PostgresSampleReader';

jest.setTimeout(120_000);

const LIMITS = { timeoutMs: 60_000, memoryMb: 768 };
const SERVER = resolve(
  __dirname,
  '../../../../plugins/dataset-migration-backend/dev/postgres-server.mjs',
);
const SETUP = `
  CREATE SCHEMA analytics;
  CREATE TABLE analytics.user_activity_v1 (
    user_id text PRIMARY KEY, country varchar(2), activity_ts timestamptz,
    app_version text, score double precision, legacy_id bigint, sessions bigint);
  CREATE TABLE analytics.user_activity_v2 (
    user_id text PRIMARY KEY, country_code text, platform text, version text,
    event_ms bigint, quality_score double precision, rank bigint,
    sessions bigint, is_deleted boolean);
  INSERT INTO analytics.user_activity_v2
    SELECT 'u' || lpad(n::text, 6, '0'), CASE n % 3 WHEN 0 THEN 'DE' ELSE 'SE' END,
      'ios', n::text, 1700000000000 + n, n / 8.0, n + 1, n % 7, n % 10 = 0
    FROM generate_series(1, 30000) n ORDER BY md5(n::text);
  INSERT INTO analytics.user_activity_v1
    SELECT user_id, country_code, to_timestamp(event_ms / 1000.0),
      platform || '/' || version, quality_score, 1, sessions
    FROM analytics.user_activity_v2 WHERE NOT is_deleted ORDER BY md5(version || 'x');
  CREATE TABLE kinds (
    flag boolean, bytes bytea, words text[], numbers int[], amount numeric(10,2),
    at timestamp, day date, doc jsonb, id uuid);
  INSERT INTO kinds VALUES (true, '\\x00ff', ARRAY['a,"b"', NULL], '{1,2}', 1.50,
    '2024-02-29 01:02:03', '2024-02-29', '{"a": 1}', '00000000-0000-0000-0000-000000000001');
  CREATE ROLE reader LOGIN PASSWORD 'se cret';
  GRANT USAGE ON SCHEMA analytics TO reader;
  GRANT SELECT ON ALL TABLES IN SCHEMA analytics, public TO reader;
  CREATE ROLE writer LOGIN PASSWORD 'se cret';
  GRANT reader TO writer;
  GRANT UPDATE ON analytics.user_activity_v1 TO writer;
`;

describe('a sample in PostgreSQL', () => {
  let server: ChildProcess;
  let port: number;

  const url = (role: string) =>
    `postgres://${role}:se%20cret@127.0.0.1:${port}/postgres`;

  beforeAll(async () => {
    server = spawn(process.execPath, [SERVER], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    for await (const line of createInterface({ input: server.stdout! })) {
      port = JSON.parse(line).port;
      break;
    }
    const client = new Client({
      connectionString: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`,
    });
    await client.connect();
    await client.query(SETUP);
    await client.end();
  });

  afterAll(async () => {
    const ended = once(server, 'exit');
    server.stdin?.end();
    await ended;
  });

  function keyed() {
    const mapping = userActivityMapping();
    for (const { contract } of [mapping.from, mapping.to]) {
      contract.fields = contract.fields.map(field =>
        field.name === 'user_id' ? { ...field, primaryKey: true } : field,
      );
    }
    return mapping;
  }

  it('is checked against contracts and mapping, on the same rows of both tables', async () => {
    const report = await checkSample({
      connection: { kind: 'postgres', url: url('reader') },
      mapping: keyed(),
      answers: [],
      limits: LIMITS,
    });
    expect(report.tables).toEqual([
      {
        side: 'from',
        name: 'analytics.user_activity_v1',
        rows: 20_000,
        complete: false,
      },
      {
        side: 'to',
        name: 'analytics.user_activity_v2',
        rows: 20_000,
        complete: false,
      },
    ]);
    expect(report.drift).toEqual([]);
    expect(report.mapping).toMatchObject({ verdict: 'passed' });
    expect(report.mapping.outputRows).toBeGreaterThan(5_000);
  });

  it('misses no condition on rows, although only a part of large tables is read', async () => {
    const mapping = keyed();
    mapping.rows = { grain: 'same' };
    const report = await checkSample({
      connection: { kind: 'postgres', url: url('reader') },
      mapping,
      answers: [],
      limits: LIMITS,
    });
    expect(report.mapping).toMatchObject({
      verdict: 'inconclusive',
      reason: 'SAMPLES_HAVE_OTHER_ROWS',
      message: expect.stringContaining(' 0 keys are in the old sample only'),
    });
  });

  it('compares queries', async () => {
    const compare = (newSql: string) =>
      compareQueriesOnSample({
        connection: { kind: 'postgres', url: url('reader') },
        mapping: keyed(),
        answers: [],
        limits: LIMITS,
        seed: 1,
        statements: [
          {
            path: 'a.sql',
            label: 'statement 1',
            oldSql:
              'SELECT country, SUM(sessions) AS n FROM user_activity_v1 GROUP BY country',
            newSql,
            tables: [],
            ordered: false,
          },
        ],
      });
    const read =
      'SELECT country_code AS country, SUM(sessions) AS n FROM user_activity_v2';
    expect(
      await compare(`${read} WHERE NOT is_deleted GROUP BY country`),
    ).toMatchObject({ verdict: 'passed' });
    expect(await compare(`${read} GROUP BY country`)).toMatchObject({
      verdict: 'failed',
      reason: 'DIFFERENT_RESULT',
    });
  });

  it('reads values of all kinds as text that casts back', async () => {
    const reader = await PostgresSampleReader.open(url('reader'), 10_000);
    const name = reader.find(['warehouse.public.kinds']) ?? '';
    expect(await reader.read(name, { limit: 5 })).toEqual({
      name: 'public.kinds',
      typed: true,
      complete: true,
      columns: [
        { name: 'flag', type: 'BOOLEAN' },
        { name: 'bytes', type: 'BLOB' },
        { name: 'words', type: 'VARCHAR[]' },
        { name: 'numbers', type: 'INTEGER[]' },
        { name: 'amount', type: 'DECIMAL(10,2)' },
        { name: 'at', type: 'TIMESTAMP' },
        { name: 'day', type: 'DATE' },
        { name: 'doc', type: 'JSON' },
        { name: 'id', type: 'UUID' },
      ],
      rows: [
        [
          'true',
          '\\x00\\xff',
          '["a,\\"b\\"",null]',
          '[1,2]',
          '1.50',
          '2024-02-29 01:02:03',
          '2024-02-29',
          '{"a": 1}',
          '00000000-0000-0000-0000-000000000001',
        ],
      ],
    });
    await reader.close();
  });

  it.each(['postgres', 'writer'])(
    'refuses the role %s, which can write',
    async role => {
      const address =
        role === 'postgres'
          ? url(role).replace('se%20cret', 'postgres')
          : url(role);
      await expect(PostgresSampleReader.open(address, 10_000)).rejects.toThrow(
        'The role of the connection can change data',
      );
    },
  );

  it('tells no password', async () => {
    const wrong = url('reader').replace('reader', 'se%20cret');
    await expect(PostgresSampleReader.open(wrong, 10_000)).rejects.toThrow(
      'The database cannot be read: password authentication failed for user "***"',
    );
  });
});
