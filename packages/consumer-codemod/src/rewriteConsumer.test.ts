import { DatasetMapping } from 'backstage-plugin-dataset-migration-common';
import { InProcessParser } from './parser/InProcessParser';
import { findReads, rewriteConsumer } from './rewriteConsumer';
import { rewriteText, testMapping } from './testing';

// The first parse loads the parsers.
jest.setTimeout(60_000);

const base = testMapping({ rows: { grain: 'same' } });

function withField(field: DatasetMapping['fields'][number]): DatasetMapping {
  return {
    ...base,
    fields: base.fields.map(entry =>
      entry.name === field.name ? field : entry,
    ),
  };
}

const ASK = withField({
  kind: 'ask',
  name: 'ratio',
  question: 'Which ratio?',
  options: [{ label: 'Clicks', is: 'clicks' }],
  guide: 'https://example.com/ratio',
});
const GONE = withField({
  kind: 'gone',
  name: 'ratio',
  reason: 'No equivalent.',
});

function rewriteFiles(files: Record<string, string | Buffer>) {
  return rewriteConsumer({
    mapping: base,
    answers: [],
    files: Object.entries(files).map(([path, content]) => ({
      path,
      content: Buffer.from(content),
    })),
    parser: new InProcessParser(),
  });
}

describe('questions and answers', () => {
  const text = 'SELECT id, ratio\nFROM analytics.t1';

  it('asks for the use of an ask field and leaves the file', async () => {
    const result = await rewriteText(text, { mapping: ASK });
    expect(result.outcome).toBe('questions');
    expect(result.files).toEqual([]);
    expect(result.findings).toEqual([
      expect.objectContaining({
        reason: 'FIELD_NEEDS_JUDGEMENT',
        route: 'question',
        field: 'ratio',
        place: expect.objectContaining({ line: 1, column: 12 }),
        question: {
          text: 'Which ratio?',
          options: [{ label: 'Clicks', is: 'clicks' }],
          guide: 'https://example.com/ratio',
        },
      }),
    ]);
    expect(result.uses.map(use => [use.context, use.field, use.route])).toEqual(
      [
        ['projection', 'id', 'question'],
        ['projection', 'ratio', 'question'],
        ['table', undefined, 'question'],
      ],
    );
  });

  it('asks for a star that reaches the field', async () => {
    const result = await rewriteText('SELECT * FROM analytics.t1', {
      mapping: GONE,
    });
    expect(result.findings.map(finding => finding.reason)).toEqual([
      'FIELD_GONE',
    ]);
  });

  it('does not ask where the field is not read', async () => {
    const result = await rewriteText('SELECT country FROM analytics.t1', {
      mapping: ASK,
    });
    expect(result.after).toBe(
      'SELECT country_code AS country FROM analytics.t2',
    );
  });

  it.each([
    [
      'expression',
      { kind: 'expression' as const, is: '1.0 / views' },
      'SELECT id, 1.0 / views AS ratio\nFROM analytics.t2',
    ],
    [
      'null',
      { kind: 'null' as const },
      'SELECT id, CAST(NULL AS FLOAT64) AS ratio\nFROM analytics.t2',
    ],
    ['drop', { kind: 'drop' as const }, 'SELECT id\nFROM analytics.t2'],
    [
      'leave',
      { kind: 'leave' as const },
      '-- Dataset migration: ratio needs a person. Which ratio? See https://example.com/ratio\nSELECT id, ratio\nFROM analytics.t1',
    ],
  ])('applies the answer %s', async (_, answer, after) => {
    const answers = [{ field: 'ratio', answer }];
    const result = await rewriteText(text, { mapping: ASK, answers });
    expect(result.outcome).toBe('changed');
    expect(result.after).toBe(after);
    const again = await rewriteText(after, { mapping: ASK, answers });
    expect(again.after).toBe(after);
  });

  it('prefers the answer for the file', async () => {
    const result = await rewriteText(text, {
      mapping: ASK,
      answers: [
        { field: 'ratio', answer: { kind: 'null' } },
        {
          field: 'ratio',
          path: 'query.sql',
          answer: { kind: 'expression', is: 'clicks' },
        },
        { field: 'ratio', path: 'other.sql', answer: { kind: 'drop' } },
      ],
    });
    expect(result.after).toContain('clicks AS ratio');
  });

  it('does not drop a field that a condition reads', async () => {
    const result = await rewriteText(
      'SELECT id, ratio FROM analytics.t1 WHERE ratio > 1',
      {
        mapping: ASK,
        answers: [{ field: 'ratio', answer: { kind: 'drop' } }],
      },
    );
    expect(result.files).toEqual([]);
    expect(result.findings[0].reason).toBe('FIELD_DROP_NOT_PROVABLE');
  });
});

describe('grain', () => {
  it('groups in a derived table', async () => {
    const mapping = testMapping({
      rows: { grain: { by: ['id'] }, where: 'NOT is_deleted' },
      fields: [
        { kind: 'same', name: 'id', is: 'id' },
        { kind: 'expression', name: 'ratio', is: 'SUM(clicks)' },
      ],
    });
    const result = await rewriteText('SELECT MAX(ratio) FROM analytics.t1', {
      mapping,
    });
    expect(result.after).toBe(
      'SELECT MAX(ratio) FROM (SELECT SUM(clicks) AS ratio FROM analytics.t2 WHERE NOT is_deleted GROUP BY id)',
    );
  });
});

describe('files', () => {
  it('is not affected without a reference', async () => {
    const result = await rewriteFiles({
      'a.sql': '-- was analytics.t1\nSELECT 1',
      'README.md': 'We read analytics.t1.',
      'job.py': '# analytics.t1\nprint(1)',
    });
    expect(result.outcome).toBe('not-affected');
    expect(result.uses).toEqual([]);
  });

  it.each([
    ['job.py', 'TABLE = "analytics.t1"', 'PYTHON_TABLE_USE_UNKNOWN', 9],
    [
      'Job.scala',
      'val t = "shop.analytics.t1" // x',
      'SCALA_TABLE_USE_UNKNOWN',
      9,
    ],
    ['Job.java', 'String t = "analytics.t1";', 'JAVA_NOT_SUPPORTED', 13],
    ['n.ipynb', '{"source": ["analytics.t1"]}', 'NOTEBOOK_UNREADABLE', 14],
    ['run.sh', 'bq head analytics.t1', 'SHELL_NOT_SUPPORTED', 9],
    ['conf.yaml', 'table: prod_analytics.t1', 'CONFIG_TABLE_NAME', 8],
    ['job.rb', 'x = "analytics.t1"', 'LANGUAGE_NOT_SUPPORTED', 6],
  ])('hands %s over with its place', async (path, text, reason, column) => {
    const result = await rewriteFiles({ [path]: text });
    expect(result.outcome).toBe('needs-person');
    expect(result.findings).toMatchObject([
      { reason, route: 'person', place: { path, line: 1, column } },
    ]);
  });

  it('refuses what is not UTF-8', async () => {
    const result = await rewriteFiles({
      'a.sql': Buffer.from('SELECT "\u00e9" FROM analytics.t1', 'latin1'),
      'b.sql': Buffer.from('\uFEFFSELECT id FROM analytics.t1', 'utf16le'),
    });
    expect(result.files).toEqual([]);
    expect(result.findings.map(finding => finding.reason)).toEqual([
      'ENCODING_UNSUPPORTED',
      'ENCODING_UNSUPPORTED',
    ]);
  });

  it('does not edit half of a file', async () => {
    const result = await rewriteFiles({
      'a.sql':
        'SELECT country FROM analytics.t1; DELETE FROM analytics.t1 WHERE id = 1;',
      'b.sql': 'SELECT country FROM analytics.t1',
    });
    expect(result.files.map(file => file.path)).toEqual(['b.sql']);
    expect(result.outcome).toBe('needs-person');
    expect(result.findings.map(finding => finding.reason)).toEqual([
      'SQL_WRITES_OLD_DATASET',
    ]);
  });

  it('knows the columns of other tables from schema files', async () => {
    const files = {
      'sql/q.sql':
        'SELECT clicks FROM analytics.t1 JOIN d.u ON t1.id = u.id JOIN d.v ON v.id = t1.id',
      'schemas/u.schema.json':
        '[{"name": "id", "type": "INT64"}, {"name": "clicks", "type": "INT64"}]',
      'schemas/v.schema.json': '[{"name": "id", "type": "INT64"}]',
    };
    const result = await rewriteFiles(files);
    expect(result.files[0].after.toString()).toBe(
      'SELECT u.clicks FROM analytics.t2 JOIN d.u ON t2.id = u.id JOIN d.v ON v.id = t2.id',
    );
    expect(result.files[0].statements[0].tables).toEqual([
      {
        name: 'd.u',
        columns: [
          { name: 'id', type: 'INT64' },
          { name: 'clicks', type: 'INT64' },
        ],
      },
      { name: 'd.v', columns: [{ name: 'id', type: 'INT64' }] },
    ]);
  });

  it('keeps the old names in scope for a macro of the repository that prints one', async () => {
    const result = await rewriteFiles({
      'macros/m.sql': "{% macro only_de() %} country = 'DE' {% endmacro %}",
      'models/a.sql': "select id from {{ ref('t1') }} where {{ only_de() }}",
    });
    expect(result.files.map(file => file.after.toString())).toEqual([
      "select id from (SELECT id, country_code AS country FROM {{ ref('t2') }}) where {{ only_de() }}",
    ]);
    expect(result.findings.map(finding => finding.reason)).toEqual([
      'JINJA_FIELD_IN_MACRO',
    ]);
  });
});

describe('statements', () => {
  it('pairs runnable SQL for each live branch', async () => {
    const result = await rewriteText(
      "select id from {{ ref('t1') }} join {{ ref('users') }} u using (id) {% if x %} where country = 'a' {% endif %} order by 1",
      { mapping: base },
    );
    expect(result.files[0].statements).toEqual([
      expect.objectContaining({
        label: 'statement 1 · if x',
        ordered: true,
        oldSql: expect.stringMatching(
          /^select id from shop\.analytics\.t1 join dbt_ref\.users u using \(id\)\s+where country = 'a'\s+order by 1$/,
        ),
        newSql: expect.stringMatching(
          /^select id from shop\.analytics\.t2 as t1 join dbt_ref\.users u using \(id\)\s+where t1\.country_code = 'a'\s+order by 1$/,
        ),
        tables: [
          {
            name: 'dbt_ref.users',
            columns: [
              { name: 'id', type: 'INT64', guessed: true },
              { name: 'country', type: 'STRING' },
            ].slice(0, 1),
          },
        ],
      }),
      expect.objectContaining({ label: 'statement 1' }),
    ]);
  });
});

describe('a macro in a window', () => {
  it.each([
    ['over ({{ part() }})', 'over ()'],
    [
      'over (partition by {{ part() }} order by id)',
      'over (partition by jinja_part() order by id)',
    ],
  ])('%s stands as %s', async (written, printed) => {
    const result = await rewriteText(
      `select country, sum(id) ${written} as s from {{ ref('t1') }}`,
      { mapping: base },
    );
    expect(result.files[0].statements[0].newSql).toContain(printed);
  });
});

describe('columns of other tables', () => {
  it('are taken from who reads them behind stars', async () => {
    const result = await rewriteText(
      `with a as (select * from {{ ref('t1') }}),
        stg as (select * from {{ ref('stg_x') }} where monday = 1),
        d as (select k, city from {{ source('s', 'dim') }})
      select stg.key, a.id, stg.ntd_id, d.city from stg
      left join d on stg.ntd_id = d.k join a on a.id = stg.a_id`,
      { mapping: base },
    );
    const [{ tables, oldSql }] = result.files[0].statements;
    expect(oldSql).toContain('from dbt_ref.stg_x where');
    expect(
      tables.map(({ name, columns }) => [
        name,
        columns?.map(column => column.name).sort(),
      ]),
    ).toEqual([
      ['dbt_ref.stg_x', ['a_id', 'key', 'monday', 'ntd_id']],
      ['dbt_source_s.dim', ['city', 'k']],
    ]);
  });
});

describe('dbt YAML', () => {
  const yaml = [
    'version: 2',
    'sources:',
    '  - name: raw  # the lake',
    '    tables:',
    '      - name: "t1"',
    '        columns:',
    '          - name: country',
    '            tests: [not_null]',
    '          - {name: id}',
    'models:',
    '  - name: m',
    '    columns:',
    '      - name: country',
    '        tests:',
    '          - relationships:',
    "              to: ref('t1')",
    '              field: country',
    '',
  ].join('\r\n');

  it('renames the source table and what refers to it, byte by byte', async () => {
    const result = await rewriteFiles({ 'models/schema.yml': yaml });
    expect(result.files[0].after.toString()).toBe(
      yaml
        .replace('"t1"', '"t2"')
        .replace(
          '          - name: country\r\n            tests: [',
          '          - name: country_code\r\n            tests: [',
        )
        .replace("ref('t1')", "ref('t2')")
        .replace('field: country', 'field: country_code'),
    );
    expect(result.outcome).toBe('changed');
  });

  it('keeps the old source declared while a model still reads it', async () => {
    const result = await rewriteFiles({
      'models/sources.yml':
        'sources:\n  - name: raw\n    tables:\n      - name: t1\n        description: x\n',
      'models/a.sql': "select country from {{ source('raw', 't1') }}",
      'models/b.sql': "select {{ dbt_utils.star(source('raw', 't1')) }}",
    });
    expect(
      result.files.map(file => [file.path, file.after.toString()]),
    ).toEqual([
      [
        'models/a.sql',
        "select country_code AS country from {{ source('raw', 't2') }}",
      ],
      [
        'models/sources.yml',
        'sources:\n  - name: raw\n    tables:\n      - name: t2\n      - name: t1\n        description: x\n',
      ],
    ]);
    expect(result.outcome).toBe('needs-person');
  });

  it('hands over a test of a field without a plain counterpart', async () => {
    const result = await rewriteFiles({
      'models/schema.yml': yaml.replace(
        '- name: country\r\n            tests',
        '- name: ratio\r\n            tests',
      ),
    });
    expect(result.files).toEqual([]);
    expect(result.findings.map(finding => finding.reason)).toEqual([
      'DBT_TEST_UNSUPPORTED',
    ]);
  });
});

describe('findReads', () => {
  it('lists what still reads the old dataset, and nothing after the rewrite', async () => {
    const input = {
      mapping: testMapping(),
      answers: [],
      files: [
        {
          path: 'a.sql',
          content: Buffer.from('SELECT a.country\nFROM analytics.t1 a'),
        },
      ],
      parser: new InProcessParser(),
    };
    expect(await findReads(input)).toMatchObject(
      [
        {
          place: { line: 2, column: 6 },
          context: 'table',
          snippet: 'analytics.t1',
        },
        {
          place: { line: 1, column: 10 },
          context: 'projection',
          field: 'country',
        },
      ].sort((a, b) => a.place.line - b.place.line),
    );
    const { files } = await rewriteConsumer(input);
    const after = [{ path: 'a.sql', content: files[0].after }];
    expect(await findReads({ ...input, files: after })).toEqual([]);
  });
});
