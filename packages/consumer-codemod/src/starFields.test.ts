import { rewriteText, testMapping } from './testing';

const base = testMapping({ rows: { grain: 'same' } });
/** `ratio` needs the owner, `activity_ts` has no equivalent. */
const OPEN = {
  ...base,
  fields: base.fields.map(field => {
    if (field.name === 'ratio') {
      return {
        kind: 'ask' as const,
        name: 'ratio',
        question: 'Which ratio?',
        options: [{ label: 'Clicks', is: 'clicks' }],
      };
    }
    return field.name === 'activity_ts'
      ? { kind: 'gone' as const, name: 'activity_ts', reason: 'Gone.' }
      : field;
  }),
};

describe('a star behind which nobody reads an open field', () => {
  it.each([
    [
      'an import CTE',
      "with src as (select * from {{ source('raw', 't1') }}) select id, country from src",
      "with src as (select id, country_code AS country from {{ source('raw', 't2') }}) select id, country from src",
    ],
    [
      'a star that may stay',
      "with src as (select * from {{ ref('t1') }}) select id from src",
      "with src as (select * from {{ ref('t2') }}) select id from src",
    ],
    [
      'a name that the new fields would capture',
      "with src as (select * from {{ ref('t1') }}) select src.id, views from src join o on src.id = o.id",
      "with src as (select id from {{ ref('t2') }}) select src.id, views from src join o on src.id = o.id",
    ],
    [
      'a chain of stars',
      'with src as (select * from analytics.t1), mid as (select * from src where id > 1), last as (select mid.*, u.k from mid join u using (id)) select l.country from last l',
      'with src as (select id, country_code AS country from analytics.t2), mid as (select * from src where id > 1), last as (select mid.*, u.k from mid join u using (id)) select l.country from last l',
    ],
    [
      'a subquery',
      'select z.country from (select * from analytics.t1) z',
      'select z.country from (select country_code AS country from analytics.t2) z',
    ],
    [
      'a count',
      'with src as (select * from analytics.t1) select count(*) from src',
      'with src as (select * from analytics.t2) select count(*) from src',
    ],
    [
      'EXISTS',
      'with src as (select * from analytics.t1) select 1 from u where exists (select * from src where src.id = u.id)',
      'with src as (select * from analytics.t2) select 1 from u where exists (select * from src where src.id = u.id)',
    ],
    [
      'EXCEPT of the open fields',
      'select * except (ratio, activity_ts) from analytics.t1',
      'select id, country_code AS country from analytics.t2',
    ],
    [
      'an incremental import CTE',
      "with a as (select * except (ratio, activity_ts) from {{ ref('t1') }} {% if is_incremental() %} where id >= (select max(id) from {{ this }}) {% endif %}) select id, country from a",
      "with a as (select id, country_code AS country from {{ ref('t2') }} {% if is_incremental() %} where id >= (select max(id) from {{ this }}) {% endif %}) select id, country from a",
    ],
  ])('is rewritten: %s', async (_, before, after) => {
    const result = await rewriteText(before, { mapping: OPEN });
    expect(result.findings).toEqual([]);
    expect(result.after).toBe(after);
    const again = await rewriteText(after, { mapping: OPEN });
    expect(again.outcome).toBe('not-affected');
  });

  it('spells an incremental star out over a derived table', async () => {
    const result = await rewriteText(
      "with a as (select * except (ratio, activity_ts) from {{ ref('t1') }} {% if is_incremental() %} where id >= (select max(id) from {{ this }}) {% endif %}) select id, country from a",
      {
        mapping: { ...OPEN, rows: { grain: 'same', where: 'NOT is_deleted' } },
      },
    );
    expect(result.after).toBe(
      "with a as (select id, country from (SELECT id, country_code AS country FROM {{ ref('t2') }} WHERE NOT is_deleted) {% if is_incremental() %} where id >= (select max(id) from {{ this }}) {% endif %}) select id, country from a",
    );
  });
});

describe('a star behind which somebody reads an open field', () => {
  it.each([
    ['by name', 'with s as (select * from analytics.t1) select ratio from s'],
    [
      'two levels up',
      'with s as (select * from analytics.t1), m as (select * from s) select x.ratio from m x',
    ],
    ['at the output', 'with s as (select * from analytics.t1) select * from s'],
    [
      'at the output, qualified',
      'with s as (select * from analytics.t1) select s.*, u.a from s join u using (id)',
    ],
    [
      'in a filter',
      'with s as (select * from analytics.t1) select id from s where ratio > 1',
    ],
    [
      'by a correlated subquery',
      'with s as (select * from analytics.t1) select id from s where exists (select 1 from u where u.a = s.ratio)',
    ],
    [
      'by USING',
      'with s as (select * from analytics.t1) select s.id from s join u using (ratio)',
    ],
    [
      'by DISTINCT',
      'with s as (select distinct * from analytics.t1) select id from s',
    ],
    [
      'by a set operation',
      'with s as (select * from analytics.t1 union all select * from u) select id from s',
    ],
    [
      'as a whole row',
      'with s as (select * from analytics.t1) select to_json_string(s) from s',
    ],
    [
      'as a STRUCT',
      'with s as (select * from analytics.t1) select array_agg(struct(s.*)) from s',
    ],
    [
      'by EXCEPT of a later star',
      'with s as (select * from analytics.t1) select * except (ratio) from s',
    ],
    [
      'by PIVOT',
      "with s as (select * from analytics.t1) select * from s pivot(sum(id) for country in ('a'))",
    ],
    [
      'by a column list',
      'with s (a, b, c, d) as (select * from analytics.t1) select a from s',
    ],
    [
      'by its position',
      'with s as (select * from analytics.t1 order by 4 limit 5) select id from s',
    ],
    [
      'by ORDER BY',
      'with s as (select * from analytics.t1 order by ratio limit 5) select id from s',
    ],
    [
      'by NATURAL JOIN',
      'with s as (select * from analytics.t1) select s.id from s natural join u',
    ],
    [
      'as a STRUCT column',
      'with s as (select * from analytics.t1) select ratio.a.b from s',
    ],
    [
      'through a table of unknown columns',
      'with s as (select * from analytics.t1), j as (select * from s join u on s.id = u.k) select ratio from j',
    ],
  ])('asks: %s', async (_, text) => {
    const result = await rewriteText(text, { mapping: OPEN });
    expect(result.files).toEqual([]);
    expect(
      result.findings.some(
        ({ reason, field }) =>
          reason === 'FIELD_NEEDS_JUDGEMENT' && field === 'ratio',
      ),
    ).toBe(true);
  });

  it('shows the place that names the field', async () => {
    const result = await rewriteText(
      'with s as (select * from analytics.t1)\nselect ratio from s',
      { mapping: OPEN },
    );
    expect(result.findings).toMatchObject([
      { reason: 'FIELD_NEEDS_JUDGEMENT', place: { line: 2, column: 8 } },
    ]);
  });
});

describe('a star behind which somebody reads what the contract does not list', () => {
  it.each([
    'with s as (select * from analytics.t1) select extra from s',
    'with s as (select * from analytics.t1), m as (select * from s) select x.extra from m x join u using (id)',
    'select z.extra from (select a.* from analytics.t1 a join u on u.k = a.id) z',
  ])('is handed over: %s', async text => {
    const result = await rewriteText(text, { mapping: base });
    expect(result.files).toEqual([]);
    expect(result.findings.map(({ reason }) => reason)).toEqual([
      'FIELD_NOT_IN_CONTRACT',
    ]);
  });

  it.each([
    'with s as (select *, 1 as extra from analytics.t1) select extra from s',
    'with s as (select * from analytics.t1 join u on u.k = t1.id) select extra from s',
    'with s as (select a.*, u.* from analytics.t1 a join u on u.k = a.id) select s.extra from s',
    'with s as (select * from analytics.t1) select extra from s join u using (id)',
  ])('is rewritten if it may be another one: %s', async text => {
    const result = await rewriteText(text, { mapping: base });
    expect(result.outcome).toBe('changed');
  });
});
