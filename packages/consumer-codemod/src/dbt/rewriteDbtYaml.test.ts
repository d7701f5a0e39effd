import { InProcessParser } from '../parser/InProcessParser';
import { rewriteConsumer } from '../rewriteConsumer';
import { testMapping } from '../testing';

async function rewrite(text: string) {
  const result = await rewriteConsumer({
    mapping: testMapping({ rows: { grain: 'same' } }),
    answers: [],
    files: [{ path: 'models/schema.yml', content: Buffer.from(text) }],
    parser: new InProcessParser(),
  });
  return {
    after: result.files[0]?.after.toString(),
    reasons: result.findings.map(({ reason }) => reason),
  };
}

const source = (table: string) =>
  `sources:\n  - name: raw\n    tables:\n      - name: t1\n${table}`;

describe('rewriteDbtYaml', () => {
  it.each([
    [
      'takes out a column that has no plain counterpart',
      source(
        '        columns:\n          - name: id\n          - name: ratio # old\n            description: x\n          - name: country\n',
      ),
      source(
        '        columns:\n          - name: id\n          - name: country_code\n',
      ).replace('t1', 't2'),
    ],
    [
      'takes out the last one',
      source(
        '        columns:\n          - name: id\n          - name: ratio\n',
      ),
      source('        columns:\n          - name: id\n').replace('t1', 't2'),
    ],
    [
      'renames fields in tests of the table',
      source(
        `        loaded_at_field: country\n        data_tests:\n          - dbt_utils.unique_combination_of_columns:\n              combination_of_columns: [id, "country"]\n          - dbt_utils.recency: { field: country, datepart: day }\n`,
      ),
      source(
        `        loaded_at_field: country_code\n        data_tests:\n          - dbt_utils.unique_combination_of_columns:\n              combination_of_columns: [id, "country_code"]\n          - dbt_utils.recency: { field: country_code, datepart: day }\n`,
      ).replace('t1', 't2'),
    ],
    [
      'moves what an exposure depends on',
      `exposures:\n  - name: e\n    depends_on:\n      - ref('t1')\n      - source("raw", "t1")\n`,
      `exposures:\n  - name: e\n    depends_on:\n      - ref('t2')\n      - source("raw", "t2")\n`,
    ],
    [
      'leaves columns of other models',
      `models:\n  - name: m\n    columns:\n      - name: country\n        tests:\n          - relationships: { to: "ref('t1')", field: country }\n`,
      `models:\n  - name: m\n    columns:\n      - name: country\n        tests:\n          - relationships: { to: "ref('t2')", field: country_code }\n`,
    ],
    [
      'rewrites expressions of tests',
      source(
        `        tests:\n          - dbt_utils.expression_is_true: { expression: "ratio > 1 and country <> 'x'", config: { where: country is not null } }\n`,
      ),
      source(
        `        tests:\n          - dbt_utils.expression_is_true: { expression: "(clicks + views) > 1 and country_code <> 'x'", config: { where: "country_code is not null" } }\n`,
      ).replace('t1', 't2'),
    ],
    [
      'moves the rows of a unit test whose columns are renamed',
      `unit_tests:\n  - name: u\n    model: m\n    given:\n      - input: ref('t1')\n        rows:\n          - { country: x, id: 1 }\n      - input: ref('u')\n        rows: [{ country: x }]\n    expect:\n      rows: [{ country: x }]\n`,
      `unit_tests:\n  - name: u\n    model: m\n    given:\n      - input: ref('t2')\n        rows:\n          - { country_code: x, id: 1 }\n      - input: ref('u')\n        rows: [{ country: x }]\n    expect:\n      rows: [{ country: x }]\n`,
    ],
    [
      'moves a semantic model',
      `semantic_models:\n  - name: s\n    model: ref('t1')\n    entities:\n      - name: id\n        type: primary\n      - { name: land, type: foreign, expr: country }\n    dimensions:\n      - name: country # iso\n        type: categorical\n    measures:\n      - name: ratio\n        agg: sum\n      - name: double\n        expr: ratio * 2\n        agg: sum\n      - name: rows\n        expr: 1\n        agg: sum\n`,
      `semantic_models:\n  - name: s\n    model: ref('t2')\n    entities:\n      - name: id\n        type: primary\n      - { name: land, type: foreign, expr: country_code }\n    dimensions:\n      - name: country\n        expr: country_code # iso\n        type: categorical\n    measures:\n      - name: ratio\n        expr: "clicks + views"\n        agg: sum\n      - name: double\n        expr: "(clicks + views) * 2"\n        agg: sum\n      - name: rows\n        expr: 1\n        agg: sum\n`,
    ],
  ])('%s', async (_, before, after) => {
    expect(await rewrite(before)).toEqual({ after, reasons: [] });
  });

  it.each([
    [
      'an expression with a query',
      source(
        `        tests:\n          - dbt_utils.expression_is_true: { expression: "country in (select code from codes)" }\n`,
      ),
    ],
    [
      'an expression with a name that the contract does not list',
      source(
        `        tests:\n          - dbt_utils.expression_is_true: { expression: "country <> other" }\n`,
      ),
    ],
    [
      'a comparison by a macro that may do more than select',
      `models:\n  - name: m\n    tests:\n      - dbt_utils.equality: { compare_model: ref('t1') }\n`,
    ],
    [
      'a comparison by a column that the contract does not list',
      `models:\n  - name: m\n    columns:\n      - name: x\n        tests:\n          - relationships: { to: ref('t1'), field: other }\n`,
    ],
    [
      'rows of a unit test with a column that is not merely renamed',
      `unit_tests:\n  - name: u\n    given:\n      - input: ref('t1')\n        rows: [{ ratio: 1 }]\n`,
    ],
    [
      'rows of a unit test that are written in SQL',
      `unit_tests:\n  - name: u\n    given:\n      - input: ref('t1')\n        format: sql\n        rows: select 1 as id\n`,
    ],
    [
      'a semantic model with Jinja in an expression',
      `semantic_models:\n  - name: s\n    model: ref('t1')\n    dimensions:\n      - name: d\n        expr: "{{ x('country') }}"\n`,
    ],
    [
      'a field of a list without plain counterpart',
      source(
        `        tests:\n          - dbt_utils.unique_combination_of_columns: { combination_of_columns: [id, ratio] }\n`,
      ),
    ],
    ['the only column', source('        columns:\n          - name: ratio\n')],
  ])('hands over %s', async (_, text) => {
    expect(await rewrite(text)).toEqual({
      after: undefined,
      reasons: ['DBT_TEST_UNSUPPORTED'],
    });
  });
});
