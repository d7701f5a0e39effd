import { rewriteText, testMapping } from '../testing';

const RENAMES = testMapping({ rows: { grain: 'same' } });
const FILTERED = testMapping({
  rows: { grain: 'same', where: `country_code <> 'a "b" \\\\c'` },
});

async function rewrite(path: string, text: string, mapping = RENAMES) {
  const result = await rewriteText(text, { path, mapping });
  return {
    ...result,
    reasons: [...new Set(result.findings.map(({ reason }) => reason))],
  };
}

describe('SQL in configuration', () => {
  it.each([
    [
      'a.yaml',
      'a block',
      `jobs:
  - name: x   # analytics.t1
    query: |
      SELECT
        country,
        "é😀" AS x
      FROM analytics.t1

      WHERE id = {{ params.id }}
    after: [1,   2]
`,
      `jobs:
  - name: x   # analytics.t1
    query: |
      SELECT
        country_code AS country,
        "é😀" AS x
      FROM analytics.t2

      WHERE id = {{ params.id }}
    after: [1,   2]
`,
    ],
    [
      'a.yml',
      'a folded block',
      `q: >-
  SELECT country
  FROM analytics.t1
  WHERE country = 'x'
r: 1
`,
      `q: >-
  SELECT country_code AS country
  FROM analytics.t2
  WHERE country_code = 'x'
r: 1
`,
    ],
    [
      'a.yaml',
      'single quotes',
      `q: 'SELECT id FROM analytics.t1 WHERE country = ''x'''\n`,
      `q: 'SELECT id FROM analytics.t2 WHERE country_code = ''x'''\n`,
    ],
    [
      'a.yaml',
      'a plain scalar on two lines',
      `q: SELECT country\n   FROM analytics.t1\nb: 2\n`,
      `q: SELECT country_code AS country\n   FROM analytics.t2\nb: 2\n`,
    ],
    [
      'a.yaml',
      'several documents',
      `a: 1\n---\nq: SELECT country FROM analytics.t1\n`,
      `a: 1\n---\nq: SELECT country_code AS country FROM analytics.t2\n`,
    ],
    [
      'a.json',
      'JSON',
      `{\n\t"q": "SELECT \\"x\\",\\n country\\nFROM analytics.t1", "n": 1.0,\n\t"n": 2\n}`,
      `{\n\t"q": "SELECT \\"x\\",\\n country_code AS country\\nFROM analytics.t2", "n": 1.0,\n\t"n": 2\n}`,
    ],
    [
      'a.conf',
      'HOCON',
      `job {\n  # analytics.t1\n  a = "SELECT country FROM analytics.t1"\n  b: """\n    SELECT country\n    FROM analytics.t1\n  """\n}\n`,
      `job {\n  # analytics.t1\n  a = "SELECT country_code AS country FROM analytics.t2"\n  b: """\n    SELECT country_code AS country\n    FROM analytics.t2\n  """\n}\n`,
    ],
    [
      'a.properties',
      'properties',
      `# analytics.t1\nq = SELECT country \\\n    FROM analytics.t1 \\\n    WHERE id = 1\nx=1\n`,
      `# analytics.t1\nq = SELECT country_code AS country \\\n    FROM analytics.t2 \\\n    WHERE id = 1\nx=1\n`,
    ],
    [
      'metadata.yaml',
      'a list of tables',
      `description: reads analytics.t1\nreferenced_tables:\n  - shop.analytics.t1\n  - 'analytics.x'\n`,
      `description: reads analytics.t1\nreferenced_tables:\n  - shop.analytics.t2\n  - 'analytics.x'\n`,
    ],
  ])('rewrites %s: %s', async (path, _, before, after) => {
    const result = await rewrite(path, before);
    expect(result.reasons).toEqual([]);
    expect(result.after).toBe(after);
    expect(result.outcome).toBe('changed');
    const again = await rewrite(path, after);
    expect(again.outcome).toBe('not-affected');
  });

  it.each([
    [
      'a.yaml',
      'q: |-\n  SELECT id\n  FROM analytics.t1\n',
      `q: |-\n  SELECT id\n  FROM analytics.t2\n  WHERE country_code <> 'a "b" \\\\c'\n`,
    ],
    [
      'a.yaml',
      `q: 'SELECT id FROM analytics.t1'\n`,
      `q: 'SELECT id FROM analytics.t2 WHERE country_code <> ''a "b" \\\\c'''\n`,
    ],
    [
      'a.yaml',
      'q: "SELECT id FROM analytics.t1"\n',
      `q: "SELECT id FROM analytics.t2 WHERE country_code <> 'a \\"b\\" \\\\\\\\c'"\n`,
    ],
    [
      'a.json',
      '{"q": "SELECT id\\nFROM analytics.t1"}',
      `{"q": "SELECT id\\nFROM analytics.t2\\nWHERE country_code <> 'a \\"b\\" \\\\\\\\c'"}`,
    ],
    [
      'a.properties',
      'q=SELECT id FROM analytics.t1\n',
      `q=SELECT id FROM analytics.t2 WHERE country_code <> 'a "b" \\\\\\\\c'\n`,
    ],
  ])('writes text as %s needs it', async (path, before, after) => {
    const result = await rewrite(path, before, FILTERED);
    expect(result.reasons).toEqual([]);
    expect(result.after).toBe(after);
  });

  it.each([
    ['CONFIG_TABLE_NAME', 'a.yaml', 'table: analytics.t1\n'],
    ['CONFIG_TABLE_NAME', 'a.json', '{"table": "shop:analytics.t1"}'],
    ['CONFIG_TABLE_NAME', 'a.yaml', 'analytics.t1: 1\n'],
    ['CONFIG_TABLE_NAME', 'a.conf', 'table = analytics.t1\n'],
    ['CONFIG_TABLE_NAME', 'a.properties', 'table=analytics.t1\n'],
    ['CONFIG_NOT_SUPPORTED', 'a.yaml', 'command: bq head analytics.t1\n'],
    ['CONFIG_NOT_SUPPORTED', 'a.yaml', '{% if x %}\nt: analytics.t1\n'],
    [
      'CONFIG_NOT_SUPPORTED',
      'a.conf',
      'q = "SELECT id FROM analytics.t1 " ${where}\n',
    ],
    ['PARSE_FAILED', 'a.yaml', 'q: SELECT id FROM FROM analytics.t1\n'],
    [
      'SQL_WRITES_OLD_DATASET',
      'a.yaml',
      'q: DELETE FROM analytics.t1 WHERE id = 1\n',
    ],
  ])('hands over with %s', async (reason, path, text) => {
    const result = await rewrite(path, text);
    expect(result.reasons).toEqual([reason]);
    expect(result.outcome).toBe('needs-person');
    expect(result.after).toBe(text);
    expect(result.uses.length).toBeGreaterThan(0);
  });

  it.each([
    ['a.yaml', `a: analytics.t1\nb: ${'['.repeat(20_000)}`],
    ['a.json', `${'['.repeat(200_000)}"analytics.t1"`],
    ['a.conf', `${'{a='.repeat(50_000)}"analytics.t1"`],
    ['a.properties', `a=${'\\\\'.repeat(100_000)}analytics.t1`],
    ['a.yaml', '\u0000analytics.t1: {'],
  ])('hands %s over however it nests', async (path, text) => {
    const result = await rewrite(path, text);
    expect(result.outcome).toBe('needs-person');
    expect(result.after).toBe(text);
  });

  it('edits a file in whole or not at all', async () => {
    const text = 'q: SELECT country FROM analytics.t1\ntable: analytics.t1\n';
    const result = await rewrite('a.yaml', text);
    expect(result.reasons).toEqual(['CONFIG_TABLE_NAME']);
    expect(result.after).toBe(text);
  });

  it('marks a use that is left to its owner', async () => {
    const mapping = testMapping({
      fields: RENAMES.fields.map(field =>
        field.name === 'ratio'
          ? { kind: 'gone', name: 'ratio', reason: 'No equivalent.' }
          : field,
      ),
    });
    const text = 'a:\n  q: SELECT ratio FROM analytics.t1\n';
    const result = await rewriteText(text, {
      path: 'a.yaml',
      mapping,
      answers: [{ field: 'ratio', answer: { kind: 'leave' } }],
    });
    expect(result.after).toBe(
      'a:\n  # Dataset migration: ratio needs a person. No equivalent.\n  q: SELECT ratio FROM analytics.t1\n',
    );
  });
});
