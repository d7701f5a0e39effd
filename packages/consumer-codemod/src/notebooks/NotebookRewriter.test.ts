import fc from 'fast-check';
import { rewriteText } from '../testing';
import { maskMagics } from './magics';
import { writeInCell } from './readNotebook';

jest.setTimeout(60_000);

type Cell = [type: string, source: string | string[]];

/** A notebook as Jupyter writes it, with an output that names the dataset. */
function notebook(cells: Cell[], language = 'python'): string {
  return `${JSON.stringify(
    {
      cells: cells.map(([cell_type, source]) => ({
        cell_type,
        execution_count: 1,
        metadata: {},
        ...(cell_type === 'code' && {
          outputs: [{ output_type: 'stream', text: ['analytics.t1 é 😀\n'] }],
        }),
        source,
      })),
      metadata: {
        kernelspec: { name: language },
        language_info: { name: language },
      },
      nbformat: 4,
      nbformat_minor: 5,
    },
    undefined,
    1,
  )}\n`;
}

function rewrite(text: string) {
  return rewriteText(text, { path: 'n.ipynb' });
}

const CASES: Array<[string, Cell[], Cell[]]> = [
  [
    'SQL in a Python cell',
    [
      ['markdown', 'We read analytics.t1'],
      ['code', ['T = "analytics.t1"\n', '!pip install x']],
      [
        'code',
        [
          '%load_ext google.cloud.bigquery\n',
          'q = f"SELECT country FROM {T} WHERE country = \'é😀\'"\n',
          'client.query(q)',
        ],
      ],
    ],
    [
      ['markdown', 'We read analytics.t1'],
      ['code', ['T = "analytics.t2"\n', '!pip install x']],
      [
        'code',
        [
          '%load_ext google.cloud.bigquery\n',
          'q = f"SELECT country_code AS country FROM {T} WHERE country_code = \'é😀\' AND NOT is_deleted"\n',
          'client.query(q)',
        ],
      ],
    ],
  ],
  [
    'a new line of a long string',
    [
      [
        'code',
        [
          'q = """\n',
          'SELECT country\n',
          'FROM analytics.t1\n',
          '"""\n',
          'client.query(q)',
        ],
      ],
    ],
    [
      [
        'code',
        [
          'q = """\n',
          'SELECT country_code AS country\n',
          'FROM analytics.t2\n',
          'WHERE NOT is_deleted\n',
          '"""\n',
          'client.query(q)',
        ],
      ],
    ],
  ],
  [
    'escapes, which stay in their line',
    [
      [
        'code',
        ['q = "SELECT country\\nFROM analytics.t1\\n"\n', 'client.query(q)'],
      ],
    ],
    [
      [
        'code',
        [
          'q = "SELECT country_code AS country\\nFROM analytics.t2\\nWHERE NOT is_deleted\\n"\n',
          'client.query(q)',
        ],
      ],
    ],
  ],
  [
    'a cell of SQL',
    [
      [
        'code',
        [
          '%%bigquery df --project shop\n',
          'SELECT country\n',
          'FROM `shop.analytics.t1`\n',
          'LIMIT 5',
        ],
      ],
    ],
    [
      [
        'code',
        [
          '%%bigquery df --project shop\n',
          'SELECT country_code AS country\n',
          'FROM `shop.analytics.t2`\n',
          'WHERE NOT is_deleted\n',
          'LIMIT 5',
        ],
      ],
    ],
  ],
  [
    'a source that is one string',
    [['code', '%%sql\nSELECT country FROM analytics.t1']],
    [
      [
        'code',
        '%%sql\nSELECT country_code AS country FROM analytics.t2 WHERE NOT is_deleted',
      ],
    ],
  ],
  [
    'a cell that is timed',
    [
      [
        'code',
        [
          '%%time\n',
          'df = client.query("SELECT id FROM analytics.t1").to_dataframe()',
        ],
      ],
    ],
    [
      [
        'code',
        [
          '%%time\n',
          'df = client.query("SELECT id FROM analytics.t2 WHERE NOT is_deleted").to_dataframe()',
        ],
      ],
    ],
  ],
];

describe('notebooks', () => {
  it.each(CASES)('rewrites %s', async (_, before, after) => {
    const result = await rewrite(notebook(before));
    expect(result.after).toBe(notebook(after));
    const again = await rewrite(result.after);
    expect(again).toMatchObject({
      outcome: 'not-affected',
      after: result.after,
    });
  });

  it.each<[string, string, string]>([
    [
      'a shell command',
      notebook([['code', '!bq head analytics.t1']]),
      'NOTEBOOK_CELL_UNSUPPORTED',
    ],
    [
      'a line magic',
      notebook([['code', 'df = %sql SELECT id FROM analytics.t1']]),
      'NOTEBOOK_CELL_UNSUPPORTED',
    ],
    [
      'a cell of another language',
      notebook([['code', '%%bash\nbq head analytics.t1']]),
      'NOTEBOOK_CELL_UNSUPPORTED',
    ],
    [
      'a notebook of another language',
      notebook([['code', 'x <- "analytics.t1"']], 'R'),
      'NOTEBOOK_CELL_UNSUPPORTED',
    ],
    [
      'legacy SQL',
      notebook([
        ['code', '%%bigquery --use_legacy_sql\nSELECT id FROM analytics.t1'],
      ]),
      'SQL_LEGACY',
    ],
    ['what is no notebook', '{"cells": [analytics.t1', 'NOTEBOOK_UNREADABLE'],
    [
      'nesting without end',
      `${'['.repeat(5000)}"analytics.t1"`,
      'NOTEBOOK_UNREADABLE',
    ],
    [
      'a cell that is no Python',
      notebook([['code', 'x = = "analytics.t1"']]),
      'CODE_PARSE_FAILED',
    ],
    [
      'a table of which the use is not known',
      notebook([['code', 'go("analytics.t1")']]),
      'PYTHON_TABLE_USE_UNKNOWN',
    ],
  ])('hands over %s', async (_, text, reason) => {
    const result = await rewrite(text);
    expect(result.files).toEqual([]);
    expect(result.outcome).toBe('needs-person');
    expect(result.findings.map(finding => finding.reason)).toContain(reason);
  });

  it('edits no cell if one of them is handed over', async () => {
    const result = await rewrite(
      notebook([
        ['code', 'client.query("SELECT id FROM analytics.t1")'],
        ['code', '!bq head analytics.t1'],
      ]),
    );
    expect(result.files).toEqual([]);
  });

  it('reads around a cell that is no Python and does not name the dataset', async () => {
    const cells = (table: string, where: string): Cell[] => [
      ['code', `T = "${table}"\npip install x`],
      ['code', 'GTFS["x"].'],
      ['code', `#@title x\n\n%%bigquery\nSELECT 1 FROM u`],
      ['code', `client.query(f"SELECT id FROM {T}${where}")\nhelp?`],
    ];
    const result = await rewrite(notebook(cells('analytics.t1', '')));
    expect(result.after).toBe(
      notebook(cells('analytics.t2', ' WHERE NOT is_deleted')),
    );
    const named = await rewrite(
      notebook([...cells('analytics.t1', ''), ['code', 'f(T']]),
    );
    expect(named.findings.map(finding => finding.reason)).toEqual([
      'PYTHON_STRING_SHARED',
    ]);
  });

  it('says the place of a finding in the file, and the cell of a statement', async () => {
    const text = notebook([
      ['code', '1'],
      ['code', ['x = 1\n', 'client.query("SELECT country FROM analytics.t1")']],
      ['code', ['%%bigquery\n', 'SELECT id FROM analytics.t1']],
    ]);
    const result = await rewrite(text);
    expect(result.files[0].statements.map(({ label }) => label)).toEqual([
      'cell 3, statement 1',
      'cell 2, statement 1',
    ]);
    const { place } = result.uses.filter(use => use.field === 'country')[0];
    const line = text.split('\n')[place.line - 1];
    expect(line.slice(place.column - 1, (place.endColumn ?? 0) - 1)).toBe(
      'country',
    );
  });
});

describe('mutated notebooks', () => {
  const source = notebook([
    [
      'code',
      [
        'T = "analytics.t1"\n',
        '!ls\n',
        'q = f"SELECT country FROM {T}"\n',
        'client.query(q)',
      ],
    ],
    ['code', '%%bigquery x\nSELECT id FROM analytics.t1\n'],
  ]);
  const edit = fc.record({
    at: fc.nat(source.length),
    remove: fc.nat(6),
    insert: fc.constantFrom(
      '',
      '"',
      '\\',
      ',',
      '[',
      ']',
      '{',
      '}',
      '\\n',
      '\n',
      '\\u0000',
      '%%sql',
      '#',
      '😀',
      '\uFEFF',
      'null',
    ),
  });

  it('never crash, and stay JSON with the same outputs', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(edit, { minLength: 1, maxLength: 3 }),
        async edits => {
          let text = source;
          for (const { at, remove, insert } of edits) {
            text = text.slice(0, at) + insert + text.slice(at + remove);
          }
          // Half of a character cannot be written to a file.
          text = Buffer.from(text).toString();
          const result = await rewrite(text);
          const outputs = (json: string) =>
            JSON.stringify(
              JSON.parse(json.replace(/^\uFEFF/, '')).cells.map(
                (cell: { outputs?: unknown }) => cell.outputs,
              ),
            );
          const changed = result.files.length > 0;
          expect(result.after !== text).toBe(changed);
          expect(!changed || outputs(result.after) === outputs(text)).toBe(
            true,
          );
          const again = changed ? await rewrite(result.after) : result;
          expect(again.after).toBe(result.after);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('writeInCell', () => {
  const empty = { number: 1, text: '', starts: [], ends: [] };
  const lines = { ...empty, separator: ',\n  ' };

  it.each([
    [lines, 'a\nb', false, 'a\\n",\n  "b'],
    [lines, 'a\n', false, 'a\\n'],
    [lines, 'a\n', true, 'a\\n",\n  "'],
    [lines, '\\n"é', true, '\\\\n\\"é'],
    [empty, 'a\nb\n', true, 'a\\nb\\n'],
  ])('cuts lines as Jupyter does: %#', (cell, text, more, written) => {
    expect(writeInCell(cell, text, more)).toBe(written);
  });
});

describe('maskMagics', () => {
  it('moves nothing', () => {
    const line = fc.constantFrom(
      '!',
      '%x y',
      '  !ls \\',
      'a = !b',
      'q = """',
      '"""',
      '% z',
      'x',
      '',
      '\t?',
      '# """',
      'x?\r',
    );
    fc.assert(
      fc.property(fc.array(line), lines => {
        const text = lines.join('\n');
        const { masked } = maskMagics(text);
        expect(masked).toHaveLength(text.length);
        expect(masked.match(/\n/g) ?? []).toHaveLength(
          text.match(/\n/g)?.length ?? 0,
        );
      }),
    );
  });
});
