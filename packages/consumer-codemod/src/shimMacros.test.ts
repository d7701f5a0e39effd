import { InProcessParser } from './parser/InProcessParser';
import { rewriteConsumer } from './rewriteConsumer';
import { testMapping } from './testing';

const NEWEST = `{% macro newest(table, by, part = None) %}
WITH ranked AS (
  SELECT *, DENSE_RANK() OVER (ORDER BY {{ by }}) AS rank FROM {{ table }} QUALIFY rank = 1
)
SELECT * FROM ranked
{% endmacro %}`;

function rewrite(model: string, macro = NEWEST) {
  return rewriteConsumer({
    mapping: testMapping(),
    answers: [],
    files: [
      { path: 'macros/m.sql', content: Buffer.from(macro) },
      { path: 'models/a.sql', content: Buffer.from(model) },
    ],
    parser: new InProcessParser(),
  });
}

const MODEL = `WITH
latest AS (
    {{ newest(
        table = source('raw', 't1'), by = 'id DESC'
    ) }}
)

SELECT id, country FROM latest
`;

describe('a macro that takes the dataset as a table', () => {
  it('is given a common table expression with the old columns', async () => {
    const result = await rewrite(MODEL);
    expect(result.files.map(({ after }) => after.toString())).toEqual([
      `WITH
old_t1 AS (
    SELECT id, country_code AS country, TIMESTAMP_MILLIS(event_ms) AS activity_ts, clicks + views AS ratio FROM {{ source('raw', 't2') }} WHERE NOT is_deleted
),
latest AS (
    {{ newest(
        table = 'old_t1', by = 'id DESC'
    ) }}
)

SELECT id, country FROM latest
`,
    ]);
    const table = result.uses.find(({ context }) => context === 'table');
    expect(table?.place).toMatchObject({ path: 'models/a.sql', line: 4 });
    const again = await rewrite(result.files[0].after.toString());
    expect(again.outcome).toBe('not-affected');
  });

  it('is found by the position of the argument', async () => {
    const result = await rewrite(
      "with latest as ({{ newest(source('raw', 't1'), 'id') }}) select id from latest",
    );
    expect(result.outcome).toBe('changed');
  });

  it.each([
    [
      'a macro that does more with it',
      NEWEST.replace('QUALIFY', '{{ table.name }}'),
    ],
    [
      'a macro that passes it on',
      NEWEST.replace('{{ table }}', '{{ f(table) }}'),
    ],
    ['a pseudo column', NEWEST.replace('rank = 1', "_FILE_NAME = 'x'")],
    ['a macro of a package', '-- none'],
  ])('is handed over: %s', async (_, macro) => {
    const result = await rewrite(MODEL, macro);
    expect(result.files).toEqual([]);
    expect(result.findings).toMatchObject([
      { reason: 'JINJA_NESTED_REF', place: { line: 3 } },
    ]);
  });

  it.each([
    [
      'no common table expression',
      "select * from ({{ newest(source('raw', 't1'), 'id') }})",
    ],
    [
      'in another call',
      "with a as ({{ f(newest(source('raw', 't1'), 'id')) }}) select id from a",
    ],
    [
      'recursive',
      "with recursive a as ({{ newest(source('raw', 't1'), 'id') }}) select id from a",
    ],
  ])('is handed over: %s', async (_, model) => {
    const result = await rewrite(model);
    expect(result.files).toEqual([]);
    expect(result.outcome).toBe('needs-person');
  });
});

describe('dbt_utils.star of the dataset', () => {
  it.each([
    [
      "select {{ dbt_utils.star(ref('t1')) }}, 1 as x from {{ ref('t1') }}",
      "select id, country_code AS country, TIMESTAMP_MILLIS(event_ms) AS activity_ts, clicks + views AS ratio, 1 as x from {{ ref('t2') }} where NOT is_deleted",
    ],
    [
      "select {{ dbt_utils.star(from=ref('t1'), except=['ratio', \"activity_ts\"]) }} from {{ ref('t1') }}",
      "select id, country_code AS country from {{ ref('t2') }} where NOT is_deleted",
    ],
    [
      "select {{ dbt_utils.star(ref('t1'), relation_alias='a', except=['ratio', 'activity_ts']) }}, u.x from {{ ref('t1') }} a join u on u.id = a.id",
      "select a.id, a.country_code AS country, u.x from {{ ref('t2') }} a join u on u.id = a.id where NOT a.is_deleted",
    ],
    [
      "select u.x, {{ dbt_utils.star(ref('t1'), relation_alias='a', except=['ratio', 'activity_ts']) }} from u left join {{ ref('t1') }} a on u.id = a.id",
      "select u.x, a.id, a.country from u left join (SELECT id, country_code AS country FROM {{ ref('t2') }} WHERE NOT is_deleted) a on u.id = a.id",
    ],
  ])('is spelled out: %s', async (before, after) => {
    const result = await rewrite(before);
    expect(result.files.map(file => file.after.toString())).toEqual([after]);
  });

  it.each([
    "select {{ dbt_utils.star(ref('t1'), except=cols) }} from {{ ref('t1') }}",
    "select {{ dbt_utils.star(ref('t1'), prefix='p_') }} from {{ ref('t1') }}",
    "select {{ dbt_utils.star(ref('t1')) }} from {{ ref('t1') }} join u using (id)",
    "with s as (select * from {{ ref('t1') }}) select {{ dbt_utils.star(ref('t1')) }} from s",
    "select {{ dbt_utils.star(ref('t1')) }} from {{ ref('o') }}",
  ])('is handed over: %s', async model => {
    const result = await rewrite(model);
    expect(result.files).toEqual([]);
    expect(result.findings.map(({ reason }) => reason)).toContain(
      'JINJA_NESTED_REF',
    );
  });
});

describe('a choice between the dataset and another table', () => {
  it('becomes a choice of what is read', async () => {
    const result = await rewrite(
      "{% set on = var('on') %}select id, country from {{ ref('o') if on and var('x', True) else ref('t1') }}",
    );
    expect(result.files.map(file => file.after.toString())).toEqual([
      "{% set on = var('on') %}select id, country from {% if on and var('x', True) %}{{ ref('o') }}{% else %}(SELECT id, country_code AS country FROM {{ ref('t2') }} WHERE NOT is_deleted){% endif %}",
    ]);
  });
});
