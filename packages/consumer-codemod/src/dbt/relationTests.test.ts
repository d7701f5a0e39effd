import { FieldAnswer } from 'backstage-plugin-dataset-migration-common';
import { rewriteText, testMapping } from '../testing';

const relationship = (args: string) =>
  `models:\n  - name: m\n    columns:\n      - name: land\n        data_tests:\n          - relationships:\n${args}`;
const comparison = (args: string) =>
  `models:\n  - name: m\n    data_tests:\n      - dbt_utils.equal_rowcount:\n${args}`;
const line = (text: string, indent: number) => `${' '.repeat(indent)}${text}\n`;

const sameRows = testMapping({ rows: { grain: 'same' } });

function rewrite(
  text: string,
  mapping = testMapping(),
  answers: FieldAnswer[] = [],
) {
  return rewriteText(text, { path: 'models/schema.yml', mapping, answers });
}

describe('rewriteRelationTest', () => {
  it.each([
    [
      'renames the field where the rows are the same',
      sameRows,
      relationship(line("to: ref('t1')", 14) + line('field: country', 14)),
      relationship(line("to: ref('t2')", 14) + line('field: country_code', 14)),
    ],
    [
      'puts the view in place of a dataset with other rows',
      testMapping(),
      relationship(line("to: ref('t1')", 14) + line('field: country', 14)),
      relationship(
        line(
          `to: "(SELECT country_code AS country FROM {{ ref('t2') }} WHERE NOT is_deleted) dbt_subquery"`,
          14,
        ) + line('field: country', 14),
      ),
    ],
    [
      'does so for an expression, below arguments, and for a source in double quotes',
      sameRows,
      relationship(
        line('arguments:', 14) +
          line(`to: '{{ source("raw", "t1") }}'`, 16) +
          line('field: ratio', 16),
      ),
      relationship(
        line('arguments:', 14) +
          line(
            `to: "(SELECT clicks + views AS ratio FROM {{ source(\\"raw\\", \\"t2\\") }}) dbt_subquery"`,
            16,
          ) +
          line('field: ratio', 16),
      ),
    ],
    [
      'gives a condition its fields',
      testMapping(),
      relationship(
        line("to: ref('t1')", 14) +
          line('field: id', 14) +
          line("to_condition: country <> 'x'", 14),
      ).replace('relationships', 'dbt_utils.relationships_where'),
      relationship(
        line(
          `to: "(SELECT id, country_code AS country FROM {{ ref('t2') }} WHERE NOT is_deleted) dbt_subquery"`,
          14,
        ) +
          line('field: id', 14) +
          line("to_condition: country <> 'x'", 14),
      ).replace('relationships', 'dbt_utils.relationships_where'),
    ],
    [
      'counts the rows of the view',
      testMapping(),
      comparison(line("compare_model: ref('t1')", 10)),
      comparison(
        line(
          `compare_model: "(SELECT 1 AS one FROM {{ ref('t2') }} WHERE NOT is_deleted) dbt_subquery"`,
          10,
        ),
      ),
    ],
    [
      'counts them by groups',
      testMapping(),
      comparison(
        line("compare_model: ref('t1')", 10) +
          line('group_by_columns: [country]', 10),
      ),
      comparison(
        line(
          `compare_model: "(SELECT country_code AS country FROM {{ ref('t2') }} WHERE NOT is_deleted) dbt_subquery"`,
          10,
        ) + line('group_by_columns: [country]', 10),
      ),
    ],
  ])('%s', async (_, mapping, before, after) => {
    const result = await rewrite(before, mapping);
    expect(result.findings).toEqual([]);
    expect(result.after).toBe(after);
    const [{ oldSql, newSql }] = result.files[0].statements;
    expect(oldSql).toContain('FROM shop.analytics.t1');
    expect(newSql).toContain('FROM shop.analytics.t2');
    // What is written now names the old dataset nowhere.
    expect((await rewrite(after, mapping)).findings).toEqual([]);
  });

  it('gives what is read of the dataset to the proof', async () => {
    const text = relationship(
      line("to: ref('t1')", 14) + line('field: country', 14),
    );
    const { files } = await rewrite(text);
    expect(files[0].statements).toEqual([
      {
        label: 'line 7, relationships',
        oldSql:
          'SELECT country AS c0, COUNT(*) AS n FROM shop.analytics.t1 GROUP BY 1',
        newSql:
          'SELECT country AS c0, COUNT(*) AS n FROM (SELECT country_code AS country FROM shop.analytics.t2 WHERE NOT is_deleted) dbt_subquery GROUP BY 1',
        tables: [],
        ordered: false,
      },
    ]);
  });

  const asked = testMapping();
  asked.fields = asked.fields.map(field =>
    field.name === 'country'
      ? {
          kind: 'ask',
          name: 'country',
          question: 'Which?',
          options: [{ label: 'Code', is: 'country_code' }],
        }
      : field,
  );
  const text = relationship(
    line("to: ref('t1')", 14) + line('field: country', 14),
  );

  it('asks the owner, and applies the answer', async () => {
    const open = await rewrite(text, asked);
    expect(open.findings).toMatchObject([
      { reason: 'FIELD_NEEDS_JUDGEMENT', route: 'question', field: 'country' },
    ]);
    expect(open.files).toEqual([]);
    const answers: FieldAnswer[] = [
      {
        field: 'country',
        answer: { kind: 'expression', is: 'UPPER(country_code)' },
      },
    ];
    const done = await rewrite(text, asked, answers);
    expect(done.after).toContain(
      "(SELECT UPPER(country_code) AS country FROM {{ ref('t2') }} WHERE NOT is_deleted) dbt_subquery",
    );
  });

  it('hands over a field that the owner keeps', async () => {
    const result = await rewrite(text, asked, [
      { field: 'country', answer: { kind: 'leave' } },
    ]);
    expect(result.files).toEqual([]);
    expect(result.findings.map(({ reason }) => reason)).toEqual([
      'DBT_TEST_UNSUPPORTED',
    ]);
  });

  it.each([
    "semantic_models:\n  - name: s\n    model: ref('t1')\n",
    "unit_tests:\n  - name: u\n    given:\n      - input: ref('t1')\n        rows: [{ id: 1 }]\n",
  ])('has no place for a condition in %s', async yaml => {
    const result = await rewrite(yaml);
    expect(result.files).toEqual([]);
    expect(result.findings.map(({ reason }) => reason)).toEqual([
      'DBT_ROWS_DIFFER',
    ]);
  });
});
