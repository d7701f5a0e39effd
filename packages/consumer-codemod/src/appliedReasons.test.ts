import { InProcessParser } from './parser/InProcessParser';
import { ParsedSql } from './parser/SqlParser';
import { rewriteConsumer } from './rewriteConsumer';
import { rewriteText, testMapping } from './testing';

const WHERE = testMapping();
const GRAIN = testMapping({
  rows: { grain: { by: ['id'] } },
  fields: [
    { kind: 'same', name: 'id', is: 'id' },
    { kind: 'expression', name: 'ratio', is: 'SUM(clicks)' },
  ],
});

describe('each reason of a derived table', () => {
  it.each([
    [
      'SQL_OUTER_JOIN',
      'SELECT a.country FROM u LEFT JOIN analytics.t1 a ON a.id = u.id',
      WHERE,
    ],
    [
      'SQL_USING_RENAMED',
      'SELECT x.v FROM analytics.t1 JOIN x USING (country)',
      WHERE,
    ],
    [
      'NAME_CAPTURED_BY_NEW_FIELD',
      'SELECT clicks FROM analytics.t1, u, w',
      WHERE,
    ],
    [
      'SQL_GROUPED_EXPRESSION',
      'SELECT DATE(activity_ts), COUNT(*) FROM analytics.t1 GROUP BY activity_ts',
      WHERE,
    ],
    ['SQL_GRAIN_CHANGED', 'SELECT ratio FROM analytics.t1', GRAIN],
    [
      'SQL_STAR_OVER_JOIN',
      'SELECT * FROM analytics.t1 JOIN u ON t1.id = u.k',
      WHERE,
    ],
    [
      'SQL_STAR_REPLACE',
      'SELECT * REPLACE (1 AS country) FROM analytics.t1',
      WHERE,
    ],
    [
      'SQL_MERGE_SOURCE',
      'MERGE d.x USING analytics.t1 s ON x.id = s.id WHEN MATCHED THEN DELETE',
      WHERE,
    ],
    ['SQL_NATURAL_JOIN', 'SELECT 1 FROM u NATURAL JOIN analytics.t1', WHERE],
    ['SQL_WHOLE_ROW', 'SELECT TO_JSON_STRING(a) FROM analytics.t1 a', WHERE],
    [
      'SQL_WHOLE_ROW',
      'SELECT OBJECT_CONSTRUCT(*) AS o FROM analytics.t1',
      WHERE,
    ],
    ['SQL_UNNEST_PATH', 'SELECT i FROM analytics.t1 a, a.country i', WHERE],
    [
      'SQL_NAME_UNCERTAIN',
      'SELECT (SELECT country FROM u) FROM analytics.t1',
      WHERE,
    ],
    [
      'SQL_ALIAS_AMBIGUOUS',
      'SELECT UPPER(country) AS country, COUNT(*) FROM analytics.t1 GROUP BY country',
      WHERE,
    ],
    [
      'JINJA_BRANCHES_DIFFER',
      "select id from {{ ref('t1') }} {% if x %} where id = 1 {% endif %}",
      WHERE,
    ],
    [
      'JINJA_MACRO_CLAUSE',
      "select id from {{ ref('t1') }} {{ filters() }}",
      WHERE,
    ],
    [
      'JINJA_FIELD_IN_MACRO',
      "select {{ dbt_utils.safe_cast('country') }} as c from {{ ref('t1') }}",
      WHERE,
    ],
    [
      'JINJA_MACRO_OPAQUE',
      "select {{ pkg.columns() }}, id from {{ ref('t1') }}",
      WHERE,
    ],
  ])('%s: %s', async (reason, text, mapping) => {
    const result = await rewriteText(text, { mapping });
    expect(result.outcome).toBe('changed');
    expect(result.findings.map(finding => finding.reason)).toContain(reason);
    expect(result.after).toMatch(/\(\s*SELECT/);
    const again = await rewriteText(result.after, { mapping });
    expect(again.outcome).toBe('not-affected');
  });
});

describe('a star whose columns count by their position', () => {
  it.each([
    'INSERT INTO d.x SELECT * FROM analytics.t1',
    'WITH s AS (SELECT * FROM analytics.t1) SELECT * FROM s UNION ALL SELECT * FROM u',
  ])('SQL_STAR_BY_POSITION: %s', async text => {
    const result = await rewriteText(text);
    expect(result.outcome).toBe('changed');
    expect(result.findings.map(({ reason }) => reason)).toEqual([
      'SQL_STAR_BY_POSITION',
    ]);
  });

  it('is not noted where they count by their names', async () => {
    const result = await rewriteText(
      'INSERT INTO d.x (country) SELECT country FROM (SELECT * FROM analytics.t1)',
    );
    expect(result.findings).toEqual([]);
  });
});

describe('each other refusal', () => {
  it.each([
    [
      'SQL_SHAPE_UNKNOWN',
      'SELECT id FROM analytics.t1 START WITH id = 1 CONNECT BY id = PRIOR country',
    ],
    [
      'JINJA_UNREADABLE',
      "{% if a %} select id from {{ ref('t1') }} {% endfor %}",
    ],
    ['TABLE_NAME_AMBIGUOUS', 'SELECT id FROM t1'],
    ['SQL_REFERENCE_UNRESOLVED', 'SELECT id FROM analytics.t1(1)'],
  ])('%s: %s', async (reason, text) => {
    const bare = testMapping();
    const tables = (name: string) => [
      `shop.analytics.${name}`,
      `analytics.${name}`,
    ];
    const mapping = testMapping({
      dialect: reason === 'SQL_SHAPE_UNKNOWN' ? 'snowflake' : 'bigquery',
      from: {
        ...bare.from,
        names: { ...bare.from.names, tables: tables('t1') },
      },
      to: { ...bare.to, names: { ...bare.to.names, tables: tables('t2') } },
    });
    const result = await rewriteText(text, { mapping });
    expect(result.files).toEqual([]);
    expect(result.findings.map(finding => finding.reason)).toContain(reason);
  });

  it('DBT_NAME_MISSING: the plan names no dbt counterpart', async () => {
    const base = testMapping();
    const names = { ...base.to.names, dbtRefs: [], dbtSources: [] };
    const mapping = testMapping({ to: { ...base.to, names } });
    const result = await rewriteText("select id from {{ ref('t1') }}", {
      mapping,
    });
    expect(result.findings.map(({ reason }) => reason)).toEqual([
      'DBT_NAME_MISSING',
    ]);
  });

  it('OUTPUT_PROPAGATE_UNSUPPORTED: output columns are to be renamed', async () => {
    const mapping = testMapping({ output: 'propagate' });
    const result = await rewriteText('select id from analytics.t1', {
      mapping,
    });
    expect(result.findings.map(({ reason }) => reason)).toEqual([
      'OUTPUT_PROPAGATE_UNSUPPORTED',
    ]);
  });

  it('MAPPING_EXPRESSION_INVALID: an answer cannot be parsed', async () => {
    const mapping = testMapping({
      fields: [
        { kind: 'same', name: 'id', is: 'id' },
        { kind: 'ask', name: 'ratio', question: '?', options: [] },
      ],
    });
    const result = await rewriteText('select ratio from analytics.t1', {
      mapping,
      answers: [{ field: 'ratio', answer: { kind: 'expression', is: '((' } }],
    });
    expect(result.findings.map(({ reason }) => reason)).toEqual([
      'MAPPING_EXPRESSION_INVALID',
    ]);
  });

  it('PARSER_LIMIT: the parser gives up on one text', async () => {
    class Limited extends InProcessParser {
      async parse(): Promise<ParsedSql> {
        return { ok: false, kind: 'limit', message: 'out of time' };
      }
    }
    const result = await rewriteConsumer({
      mapping: testMapping({ fields: [], rows: { grain: 'same' } }),
      answers: [],
      files: [
        { path: 'a.sql', content: Buffer.from('select 1 from analytics.t1') },
      ],
      parser: new Limited(),
    });
    expect(result.findings.map(({ reason }) => reason)).toEqual([
      'PARSER_LIMIT',
    ]);
  });
});
