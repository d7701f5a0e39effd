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
