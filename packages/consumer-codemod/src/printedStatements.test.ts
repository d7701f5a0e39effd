import { InProcessParser } from './parser/InProcessParser';
import { rewriteConsumer } from './rewriteConsumer';
import { testMapping } from './testing';

async function statementsOf(files: Record<string, string>) {
  const result = await rewriteConsumer({
    mapping: testMapping(),
    answers: [],
    files: Object.entries(files).map(([path, text]) => ({
      path,
      content: Buffer.from(text),
    })),
    parser: new InProcessParser(),
  });
  return result.files[0].statements.map(statement => ({
    ...statement,
    oldSql: statement.oldSql.replace(/\s+/g, ' '),
    newSql: statement.newSql.replace(/\s+/g, ' '),
  }));
}

describe('statements for the proof', () => {
  it('have what macros print, the same before and after', async () => {
    const [statement] = await statementsOf({
      'macros/m.sql':
        "{% macro clean(x, y='z') %}NULLIF(TRIM({{ x }}), '{{ y }}'){% endmacro %}",
      'models/a.sql':
        "select {{ clean('a.country', y = '-') }} as c, {{ dbt.date_trunc('day', 'a.activity_ts') }} as d from {{ ref('t1') }} a join {{ ref('o') }} b on a.id = b.k where b.m = {{ var('m') }} {{ dbt_utils.group_by(2) }}",
    });
    expect(statement.oldSql).toBe(
      "select NULLIF(TRIM(a.country), '-') as c, TIMESTAMP_TRUNC(CAST(a.activity_ts AS TIMESTAMP), day) as d from shop.analytics.t1 a join dbt_ref.o b on a.id = b.k where b.m = jinja_var('m') GROUP BY 1, 2",
    );
    expect(statement.newSql).toContain("NULLIF(TRIM(a.country), '-') as c");
    expect(statement.newSql).toContain('from (SELECT');
    expect(statement.assumed).toEqual([
      'clean',
      'dbt.date_trunc',
      'dbt_utils.group_by',
    ]);
  });

  it('have loops run, and the columns that they name', async () => {
    const [statement, ...others] = await statementsOf({
      'models/a.sql':
        "{% set tags = ['x', 'y'] %} select a.country{% for tag in tags %}, sum(b.{{ tag }}) as {{ tag }}_sum{% if not loop.last %} /* more */{% endif %}{% endfor %} from {{ ref('t1') }} a join {{ ref('o') }} b on a.id = b.k group by 1",
    });
    expect(others).toEqual([]);
    expect(statement.oldSql).toBe(
      'select a.country, sum(b.x) as x_sum /* more */, sum(b.y) as y_sum from shop.analytics.t1 a join dbt_ref.o b on a.id = b.k group by 1',
    );
    expect(statement.tables[0].columns?.map(({ name }) => name).sort()).toEqual(
      ['k', 'x', 'y'],
    );
  });

  it('keep a placeholder where nobody knows what is printed', async () => {
    const [statement] = await statementsOf({
      'models/a.sql':
        "{% set all = dbt_utils.get_column_values(ref('o'), 'k') %} select country{% for one in all %}, max({{ one }}) as m{% endfor %}, {{ secret('country') }} as s from {{ ref('t1') }} group by 1",
    });
    expect(statement.oldSql).toBe(
      'select country, max(jinja_one()) as m, jinja_secret(country) as s from shop.analytics.t1 group by 1',
    );
    expect(statement.assumed).toBeUndefined();
  });

  it('leave no edit out: a loop that would not run is printed once', async () => {
    const [statement] = await statementsOf({
      'models/a.sql':
        "select id{% for one in var('more', []) %}, country as {{ one }}{% endfor %} from {{ ref('t1') }}",
    });
    expect(statement.oldSql).toMatch(/^select id, country as \S+ from/);
  });

  it('have placeholders where what macros print is no query', async () => {
    const [statement] = await statementsOf({
      'macros/m.sql': '{% macro odd(x) %} ) from {% endmacro %}',
      'models/a.sql': "select {{ odd('country') }} as c from {{ ref('t1') }}",
    });
    expect(statement.oldSql).toContain('jinja_odd(country) as c');
  });
});
