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
  ])('%s', async (_, before, after) => {
    expect(await rewrite(before)).toEqual({ after, reasons: [] });
  });

  it.each([
    [
      'an expression',
      source(
        `        tests:\n          - dbt_utils.expression_is_true: { expression: "country <> 'x'" }\n`,
      ),
    ],
    [
      'a field of a list without plain counterpart',
      source(
        `        tests:\n          - dbt_utils.unique_combination_of_columns: { combination_of_columns: [id, ratio] }\n`,
      ),
    ],
    [
      'a comparison with the dataset',
      `models:\n  - name: m\n    tests:\n      - dbt_utils.equal_rowcount: { compare_model: ref('t1') }\n`,
    ],
    [
      'rows of a unit test',
      `unit_tests:\n  - name: u\n    given:\n      - input: ref('t1')\n        rows: [{ country: x }]\n`,
    ],
    ['the only column', source('        columns:\n          - name: ratio\n')],
  ])('hands over %s', async (_, text) => {
    expect(await rewrite(text)).toEqual({
      after: undefined,
      reasons: ['DBT_TEST_UNSUPPORTED'],
    });
  });

  it('hands over a relationship with a dataset that has other rows', async () => {
    const text =
      'models:\n  - name: m\n    columns:\n      - name: x\n        tests:\n          - relationships: { to: "ref(\'t1\')", field: id }\n';
    const result = await rewriteConsumer({
      mapping: testMapping(),
      answers: [],
      files: [{ path: 'models/schema.yml', content: Buffer.from(text) }],
      parser: new InProcessParser(),
    });
    expect(result.files).toEqual([]);
    expect(result.findings.map(({ reason }) => reason)).toEqual([
      'DBT_TEST_UNSUPPORTED',
    ]);
  });
});
