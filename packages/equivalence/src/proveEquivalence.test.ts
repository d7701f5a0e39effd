import {
  EquivalenceCase,
  Evidence,
  FieldAnswer,
} from 'backstage-plugin-dataset-migration-common';
import { EquivalenceStatement } from './EquivalenceInput';
import { proveEquivalence } from './proveEquivalence';
import { userActivityMapping } from './testUtils/userActivityMapping';

jest.setTimeout(120_000);

const OLD = '`prod.analytics.user_activity_v1`';
const NEW = '`prod.analytics.user_activity_v2`';
/** The old dataset as a derived table: the reference rewrite. */
const VIEW = `(SELECT user_id, country_code AS country, TIMESTAMP_MILLIS(event_ms) AS activity_ts, CONCAT(platform, '/', version) AS app_version, sessions FROM ${NEW} WHERE NOT is_deleted)`;

interface Case {
  name: string;
  old: string;
  new: string;
  tables?: EquivalenceStatement['tables'];
}

function prove(
  cases: Case[],
  options: {
    answers?: FieldAnswer[];
    seed?: number;
    timeoutMs?: number;
    mapping?: Parameters<typeof userActivityMapping>[0];
  } = {},
): Promise<Evidence> {
  return proveEquivalence({
    mapping: userActivityMapping(options.mapping),
    statements: cases.map(item => ({
      path: 'sql/report.sql',
      label: item.name,
      oldSql: item.old,
      newSql: item.new,
      ordered: /order by/i.test(item.old),
      tables: item.tables ?? [],
    })),
    answers: options.answers ?? [],
    seed: options.seed ?? 1,
    limits: { timeoutMs: options.timeoutMs ?? 90_000, memoryMb: 1024 },
  });
}

function casesOf(evidence: Evidence): EquivalenceCase[] {
  return evidence.proof?.cases ?? [];
}

const RIGHT: Case[] = [
  {
    name: 'rename',
    old: `SELECT country FROM ${OLD}`,
    new: `SELECT country_code AS country FROM ${NEW} WHERE NOT is_deleted`,
  },
  {
    name: 'no field named',
    old: `SELECT COUNT(*) FROM ${OLD}`,
    new: `SELECT COUNT(*) FROM ${NEW} WHERE NOT is_deleted`,
  },
  {
    name: 'expressions in filter and group',
    old: `SELECT DATE(activity_ts) AS d, app_version, COUNT(*) AS n FROM ${OLD} WHERE activity_ts >= TIMESTAMP '2024-03-01' AND app_version = 'ios/1.2' GROUP BY 1, 2`,
    new: `SELECT DATE(TIMESTAMP_MILLIS(event_ms)) AS d, CONCAT(platform, '/', version) AS app_version, COUNT(*) AS n FROM ${NEW} WHERE (TIMESTAMP_MILLIS(event_ms) >= TIMESTAMP '2024-03-01' AND CONCAT(platform, '/', version) = 'ios/1.2') AND NOT is_deleted GROUP BY 1, 2`,
  },
  {
    name: 'or with the where of the mapping',
    old: `SELECT user_id FROM ${OLD} WHERE country = 'SE' OR sessions > 5`,
    new: `SELECT user_id FROM ${NEW} WHERE (country_code = 'SE' OR sessions > 5) AND NOT is_deleted`,
  },
  {
    name: 'outer join with a derived table',
    old: `SELECT u.id, a.country, a.app_version FROM prod.crm.users u LEFT JOIN ${OLD} a ON a.user_id = u.id`,
    new: `SELECT u.id, a.country, a.app_version FROM prod.crm.users u LEFT JOIN ${VIEW} a ON a.user_id = u.id`,
    tables: [{ name: 'crm.users', columns: [{ name: 'id', type: 'STRING' }] }],
  },
  {
    name: 'join on an expression with unknown schema',
    old: `SELECT r.notes FROM ${OLD} a JOIN prod.crm.releases r ON r.app = a.app_version`,
    new: `SELECT r.notes FROM ${NEW} a JOIN prod.crm.releases r ON r.app = CONCAT(a.platform, '/', a.version) WHERE NOT a.is_deleted`,
  },
  {
    name: 'using',
    old: `SELECT country, u.n FROM ${OLD} a JOIN prod.crm.countries u USING (country)`,
    new: `SELECT country, u.n FROM ${VIEW} a JOIN prod.crm.countries u USING (country)`,
  },
  {
    name: 'star without the undecided fields',
    old: `SELECT * EXCEPT (score, legacy_id) FROM ${OLD}`,
    new: `SELECT user_id, country_code AS country, TIMESTAMP_MILLIS(event_ms) AS activity_ts, CONCAT(platform, '/', version) AS app_version, sessions FROM ${NEW} WHERE NOT is_deleted`,
  },
  {
    name: 'common table expressions',
    old: `WITH user_activity_v1 AS (SELECT * FROM ${OLD}), b AS (SELECT country AS c, SUM(sessions) AS s FROM user_activity_v1 GROUP BY c) SELECT c, s FROM b WHERE s > 10`,
    new: `WITH user_activity_v1 AS (SELECT * FROM ${VIEW}), b AS (SELECT country AS c, SUM(sessions) AS s FROM user_activity_v1 GROUP BY c) SELECT c, s FROM b WHERE s > 10`,
  },
  {
    name: 'parameter, alias in group by, order',
    old: `SELECT country, COUNT(DISTINCT user_id) AS users FROM ${OLD} WHERE DATE(activity_ts) = @submission_date GROUP BY country ORDER BY country`,
    new: `SELECT country_code AS country, COUNT(DISTINCT user_id) AS users FROM ${NEW} WHERE DATE(TIMESTAMP_MILLIS(event_ms)) = @submission_date AND NOT is_deleted GROUP BY country ORDER BY country`,
  },
  {
    name: 'frozen clock',
    old: `SELECT user_id FROM ${OLD} WHERE activity_ts > TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL 7 DAY)`,
    new: `SELECT user_id FROM ${NEW} WHERE TIMESTAMP_MILLIS(event_ms) > TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL 7 DAY) AND NOT is_deleted`,
  },
  {
    name: 'create table',
    old: `CREATE OR REPLACE TABLE x.y AS SELECT country FROM ${OLD};`,
    new: `CREATE OR REPLACE TABLE x.y AS SELECT country_code AS country FROM ${NEW} WHERE NOT is_deleted;`,
  },
  {
    name: 'insert by position',
    old: `INSERT INTO x.y (c) SELECT country FROM ${OLD}`,
    new: `INSERT INTO x.y (c) SELECT country_code FROM ${NEW} WHERE NOT is_deleted`,
  },
  {
    name: 'inverse function',
    old: `SELECT UNIX_MILLIS(activity_ts) AS ms FROM ${OLD}`,
    new: `SELECT event_ms AS ms FROM ${NEW} WHERE NOT is_deleted`,
  },
  {
    name: 'correlated subquery',
    old: `SELECT user_id FROM prod.crm.users WHERE EXISTS (SELECT 1 FROM ${OLD} a WHERE a.user_id = users.user_id AND a.country = 'SE')`,
    new: `SELECT user_id FROM prod.crm.users WHERE EXISTS (SELECT 1 FROM ${NEW} a WHERE a.user_id = users.user_id AND a.country_code = 'SE' AND NOT a.is_deleted)`,
  },
  {
    name: 'newer than what a table of unknown schema has',
    old: `SELECT user_id, activity_ts FROM ${OLD} WHERE activity_ts > (SELECT MAX(activity_ts) FROM prod.mart.engagement)`,
    new: `SELECT user_id, TIMESTAMP_MILLIS(event_ms) AS activity_ts FROM ${NEW} WHERE TIMESTAMP_MILLIS(event_ms) > (SELECT MAX(activity_ts) FROM prod.mart.engagement) AND NOT is_deleted`,
  },
  {
    name: 'qualify',
    old: `SELECT user_id, country FROM ${OLD} QUALIFY RANK() OVER (PARTITION BY user_id ORDER BY activity_ts DESC) = 1`,
    new: `SELECT user_id, country_code AS country FROM ${NEW} WHERE NOT is_deleted QUALIFY RANK() OVER (PARTITION BY user_id ORDER BY TIMESTAMP_MILLIS(event_ms) DESC) = 1`,
  },
  {
    name: 'large groups only',
    old: `SELECT country, COUNT(*) AS n FROM ${OLD} GROUP BY country HAVING COUNT(*) > 30`,
    new: `SELECT country_code AS country, COUNT(*) AS n FROM ${NEW} WHERE NOT is_deleted GROUP BY country HAVING COUNT(*) > 30`,
  },
  {
    name: 'name with a hole',
    old: 'SELECT country FROM `dev_analytics.user_activity_v1`',
    new: 'SELECT country_code AS country FROM `dev_analytics.user_activity_v2` WHERE NOT is_deleted',
  },
];

const WRONG: Array<Case & { reason: string }> = [
  {
    name: 'another column of the same type',
    old: `SELECT country FROM ${OLD}`,
    new: `SELECT version AS country FROM ${NEW} WHERE NOT is_deleted`,
    reason: 'DIFFERENT_RESULT',
  },
  {
    name: 'where of the mapping forgotten under an aggregate',
    old: `SELECT country, COUNT(*) AS n FROM ${OLD} GROUP BY country`,
    new: `SELECT country_code AS country, COUNT(*) AS n FROM ${NEW} GROUP BY country_code`,
    reason: 'DIFFERENT_RESULT',
  },
  {
    name: 'or without parentheses',
    old: `SELECT user_id FROM ${OLD} WHERE country = 'SE' OR sessions > 5`,
    new: `SELECT user_id FROM ${NEW} WHERE country_code = 'SE' OR sessions > 5 AND NOT is_deleted`,
    reason: 'DIFFERENT_RESULT',
  },
  {
    name: 'where behind an outer join',
    old: `SELECT u.id, a.country FROM prod.crm.users u LEFT JOIN ${OLD} a ON a.user_id = u.id`,
    new: `SELECT u.id, a.country_code AS country FROM prod.crm.users u LEFT JOIN ${NEW} a ON a.user_id = u.id WHERE NOT a.is_deleted`,
    reason: 'DIFFERENT_RESULT',
  },
  {
    name: 'expression that is not NULL on the null-supplying side',
    old: `SELECT u.id, COALESCE(a.country, 'none') AS country FROM prod.crm.users u LEFT JOIN ${OLD} a ON a.user_id = u.id`,
    new: `SELECT u.id, a.country_code AS country FROM prod.crm.users u LEFT JOIN ${VIEW.replace(
      'country_code AS country',
      'country_code',
    )} a ON a.user_id = u.id`,
    reason: 'DIFFERENT_RESULT',
  },
  {
    name: 'output column renamed',
    old: `SELECT country FROM ${OLD}`,
    new: `SELECT country_code FROM ${NEW} WHERE NOT is_deleted`,
    reason: 'DIFFERENT_RESULT',
  },
  {
    name: 'order dropped',
    old: `SELECT user_id FROM ${OLD} ORDER BY user_id`,
    new: `SELECT user_id FROM ${NEW} WHERE NOT is_deleted`,
    reason: 'DIFFERENT_RESULT',
  },
  {
    name: 'type changed',
    old: `SELECT sessions FROM ${OLD}`,
    new: `SELECT CAST(sessions AS STRING) AS sessions FROM ${NEW} WHERE NOT is_deleted`,
    reason: 'DIFFERENT_RESULT',
  },
  {
    name: 'one edit forgotten',
    old: `SELECT user_id FROM ${OLD} WHERE country = 'x'`,
    new: `SELECT user_id FROM ${NEW} WHERE country = 'x' AND NOT is_deleted`,
    reason: 'NEW_QUERY_DOES_NOT_BIND',
  },
  {
    name: 'nothing changed',
    old: `SELECT country FROM ${OLD}`,
    new: `SELECT country FROM ${OLD}`,
    reason: 'STILL_READS_OLD_DATASET',
  },
];

describe('proveEquivalence', () => {
  it('proves right rewrites with rows in the result and mistakes noticed', async () => {
    const evidence = await prove(RIGHT);

    expect(
      casesOf(evidence).map(({ label, verdict, reason, message }) => ({
        label,
        verdict,
        reason,
        message,
      })),
    ).toEqual(RIGHT.map(({ name }) => ({ label: name, verdict: 'passed' })));
    expect(evidence).toMatchObject({
      verifier: 'equivalence',
      rung: 'equivalent',
      verdict: 'passed',
      paths: ['sql/report.sql'],
    });
    for (const item of casesOf(evidence)) {
      expect(item.outputRows).toBeGreaterThan(0);
    }
    const { generated, killed } = evidence.proof!.mutants;
    expect(generated).toBeGreaterThan(100);
    expect(killed / generated).toBeGreaterThan(0.8);
  });

  it('fails wrong rewrites with a small counterexample', async () => {
    const evidence = await prove(WRONG);

    expect(evidence.verdict).toBe('failed');
    expect(
      casesOf(evidence).map(({ label, reason }) => [label, reason]),
    ).toEqual(WRONG.map(({ name, reason }) => [name, reason]));
    expect(casesOf(evidence).map(({ verdict }) => verdict)).toEqual(
      WRONG.map(() => 'failed'),
    );
    const examples = casesOf(evidence).flatMap(({ label, counterexample }) =>
      counterexample ? [{ label, ...counterexample }] : [],
    );
    expect(examples).toHaveLength(
      WRONG.filter(({ reason }) => reason === 'DIFFERENT_RESULT').length,
    );
    // Only what it takes to see that another column was read.
    expect(examples[0].inputs).toEqual({
      'prod.analytics.user_activity_v2': {
        columns: [
          expect.stringMatching(/^(country_code|version)$/),
          'is_deleted',
        ],
        rows: [[expect.any(String), 'false']],
      },
    });
    for (const { inputs } of examples) {
      const rows = Object.values(inputs).flatMap(table => table.rows);
      expect(rows.length).toBeLessThanOrEqual(3);
    }
    // A changed type does not show in printed values.
    for (const { old, new: current } of examples.filter(
      ({ label }) => label !== 'type changed',
    )) {
      expect(old).not.toEqual(current);
    }
  });

  it('says where it proved nothing, and why', async () => {
    const evidence = await prove([
      {
        name: 'EMPTY_RESULT',
        old: `SELECT user_id FROM ${OLD} WHERE 1 = 0`,
        new: `SELECT user_id FROM ${NEW} WHERE 1 = 0 AND NOT is_deleted`,
      },
      {
        name: 'NONDETERMINISTIC',
        old: `SELECT user_id FROM ${OLD} LIMIT 5`,
        new: `SELECT user_id FROM ${NEW} WHERE NOT is_deleted LIMIT 5`,
      },
      {
        name: 'NONDETERMINISTIC',
        old: `SELECT ANY_VALUE(user_id) AS one FROM ${OLD}`,
        new: `SELECT ANY_VALUE(user_id) AS one FROM ${NEW} WHERE NOT is_deleted`,
      },
      {
        name: 'NOT_RUNNABLE',
        old: `SELECT country FROM ${OLD} WHERE`,
        new: `SELECT`,
      },
      {
        name: 'NOT_RUNNABLE',
        old: `MERGE INTO x.y USING ${OLD} s ON s.user_id = y.id WHEN MATCHED THEN DELETE`,
        new: `MERGE INTO x.y USING ${NEW} s ON s.user_id = y.id WHEN MATCHED THEN DELETE`,
      },
      {
        name: 'DATASET_NOT_READ',
        old: `SELECT 1 FROM prod.other.table`,
        new: `SELECT 1 FROM prod.other.table`,
      },
      {
        name: 'FIELD_NEEDS_JUDGEMENT',
        old: `SELECT * FROM ${OLD}`,
        new: `SELECT * FROM ${NEW}`,
      },
      {
        name: 'FIELD_NEEDS_JUDGEMENT',
        old: `SELECT COUNT(score) AS n FROM ${OLD}`,
        new: `SELECT COUNT(quality_score) AS n FROM ${NEW} WHERE NOT is_deleted`,
      },
    ]);

    expect(
      casesOf(evidence).map(({ label, reason, verdict }) => [
        label,
        reason,
        verdict === 'passed',
      ]),
    ).toEqual(casesOf(evidence).map(({ label }) => [label, label, false]));
    expect(evidence).toMatchObject({
      verdict: 'inconclusive',
      reason: 'EMPTY_RESULT',
    });
  });

  it('reaches neither files nor the network nor its own settings', async () => {
    const evidence = await prove([
      {
        name: 'file',
        old: `SELECT country FROM ${OLD}, read_csv('/etc/hostname')`,
        new: `SELECT country_code AS country FROM ${NEW}, read_csv('/etc/hostname')`,
      },
      {
        name: 'file as table',
        old: `SELECT a.country FROM ${OLD} a, \`/etc/hostname\``,
        new: `SELECT a.country_code AS country FROM ${NEW} a, \`/etc/hostname\` WHERE NOT is_deleted`,
      },
    ]);

    const [byFunction, byName] = casesOf(evidence);
    expect(byFunction).toMatchObject({
      verdict: 'inconclusive',
      reason: 'NOT_RUNNABLE',
      message: expect.stringContaining('disabled by configuration'),
    });
    // A path in the place of a table is a generated table like any other.
    expect(Object.keys(byName.inputRows)).toContain('/etc/hostname');
  });

  it('makes answered fields part of the view', async () => {
    const rank: Case = {
      name: 'rank',
      old: `SELECT user_id, score FROM ${OLD} WHERE score > 0.2`,
      new: `SELECT user_id, 1.0 / rank AS score FROM ${NEW} WHERE (1.0 / rank > 0.2) AND NOT is_deleted`,
    };
    const dropped: Case = {
      name: 'dropped',
      old: `SELECT user_id, legacy_id FROM ${OLD}`,
      new: `SELECT user_id FROM ${NEW} WHERE NOT is_deleted`,
    };
    const evidence = await prove([rank, dropped], {
      answers: [
        { field: 'score', answer: { kind: 'expression', is: 'quality_score' } },
        {
          field: 'score',
          path: 'sql/report.sql',
          answer: { kind: 'expression', is: '1.0 / rank' },
        },
        { field: 'legacy_id', answer: { kind: 'drop' } },
      ],
    });

    expect(evidence).toMatchObject({
      verdict: 'passed',
      proof: { errorsNotCompared: true, mappingVersion: 3 },
    });
  });

  it('replaces functions nobody can run here on both sides', async () => {
    const evidence = await prove([
      {
        name: 'functions of the house',
        old: `SELECT prod.udf.clean(country) AS c, my_fn(sessions, country) FROM ${OLD}`,
        new: `SELECT prod.udf.clean(country_code) AS c, my_fn(sessions, country_code) FROM ${NEW} WHERE NOT is_deleted`,
      },
      {
        name: 'another argument',
        old: `SELECT my_fn(sessions, country) AS c FROM ${OLD}`,
        new: `SELECT my_fn(sessions, version) AS c FROM ${NEW} WHERE NOT is_deleted`,
      },
    ]);

    expect(casesOf(evidence).map(({ verdict }) => verdict)).toEqual([
      'passed',
      'failed',
    ]);
    expect(evidence.proof!.opaqueFunctions).toEqual([
      'my_fn',
      'prod__udf__clean',
    ]);
  });

  it('stops a query that does not end, and keeps what was proved', async () => {
    // However few rows there are, they are joined with a million million numbers.
    const bomb = (table: string) =>
      `SELECT SUM(t.sessions * a * MOD(b, 3) * MOD(c, 3)) AS n FROM ${table} AS t, ${[
        'a',
        'b',
        'c',
      ]
        .map(name => `UNNEST(GENERATE_ARRAY(1, 10000)) AS ${name}`)
        .join(', ')}`;
    const started = Date.now();
    const evidence = await prove(
      [
        RIGHT[0],
        {
          name: 'bomb',
          old: bomb(OLD),
          new: `${bomb(NEW)} WHERE NOT t.is_deleted`,
        },
        RIGHT[1],
      ],
      { timeoutMs: 16_000 },
    );

    expect(Date.now() - started).toBeLessThan(20_000);
    const [first, second] = casesOf(evidence);
    expect(first.verdict).toBe('passed');
    expect(second).toMatchObject({
      verdict: 'inconclusive',
      // Whichever is used up first.
      reason: expect.stringMatching(/^(TIMEOUT|MEMORY_LIMIT)$/),
    });
  });

  it('kills a process that overruns, before anything was proved', async () => {
    const evidence = await prove([RIGHT[0], RIGHT[1]], { timeoutMs: 30 });

    expect(casesOf(evidence)).toHaveLength(2);
    expect(evidence).toMatchObject({
      verdict: 'inconclusive',
      reason: 'TIMEOUT',
    });
  });

  it('gives the same evidence for the same seed', async () => {
    const some = [RIGHT[2], RIGHT[4], WRONG[3]];

    expect(await prove(some, { seed: 7 })).toEqual(
      await prove(some, { seed: 7 }),
    );
  });

  it('has nothing to say about no queries', async () => {
    await expect(prove([])).resolves.toMatchObject({
      verdict: 'not-run',
      reason: 'NO_QUERIES',
    });
  });
});
