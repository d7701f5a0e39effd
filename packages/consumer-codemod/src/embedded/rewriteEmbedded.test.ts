import { NameMatcher } from '../names/NameMatcher';
import { InProcessParser } from '../parser/InProcessParser';
import { applyEdits } from '../patch/Edit';
import { RewriteContext } from '../rewrite/FileRewriter';
import { testMapping } from '../testing';
import { EmbeddedPart, EmbeddedSql, HostLiteral } from './EmbeddedSql';
import { looksLikeSql } from './sqlText';
import { printEmbedded, rewriteEmbedded } from './rewriteEmbedded';

const mapping = testMapping({
  rows: { grain: 'same', where: "country_code <> 'x'" },
});

function contextOf(overrides: Partial<typeof mapping> = {}): RewriteContext {
  const used = { ...mapping, ...overrides };
  return {
    mapping: used,
    answers: [],
    matcher: new NameMatcher(used),
    parser: new InProcessParser(),
    cache: new Map(),
    schemas: new Map(),
    macros: new Map(),
    files: [],
  };
}

/** A host of the test's own: quoted strings with `\n`, `\"` and `{hole}`, one after the other. */
function read(
  text: string,
  values: Record<string, string> = {},
  bound: string[] = [],
): EmbeddedSql {
  const parts: EmbeddedPart[] = [];
  for (const found of text.matchAll(/"((?:\\.|[^"\\])*)"|\+ (\w+) \+/g)) {
    if (found[2] !== undefined) {
      const start = found.index + 2;
      parts.push({ kind: 'hole', start, end: start + found[2].length });
      continue;
    }
    const start = found.index + 1;
    const literal: HostLiteral = {
      start,
      end: start + found[1].length,
      encode: plain =>
        /[{}]/.test(plain)
          ? undefined
          : plain.replace(/["\\]/g, mark => `\\${mark}`).replace(/\n/g, '\\n'),
    };
    for (const piece of found[1].matchAll(/\\(.)|\{(\w+)\}|[^\\{]+/g)) {
      const at = start + piece.index;
      const end = at + piece[0].length;
      if (piece[2] !== undefined) {
        parts.push({
          kind: 'hole',
          start: at,
          end,
          literal,
          bound: bound.includes(piece[2]),
          ...(piece[2] in values && { value: values[piece[2]] }),
        });
      } else {
        const meant = piece[1] === 'n' ? '\n' : piece[1] ?? piece[0];
        parts.push({ kind: 'text', text: meant, start: at, end, literal });
      }
    }
  }
  return { start: 0, end: text.length, parts };
}

async function rewrite(
  text: string,
  options: { values?: Record<string, string>; bound?: string[] } = {},
  context = contextOf(),
) {
  const sql = read(text, options.values, options.bound);
  const result = await rewriteEmbedded({ path: 'a.py', text }, sql, context);
  const after = applyEdits(text, result.edits);
  return { ...result, after };
}

describe('rewriteEmbedded', () => {
  it.each([
    [
      'a field and a condition',
      'q = "SELECT country FROM analytics.t1"',
      `q = "SELECT country_code AS country FROM analytics.t2 WHERE country_code <> 'x'"`,
    ],
    [
      'escapes, which stay as they are',
      String.raw`q = "SELECT country, \"é\"\n  FROM analytics.t1\n  WHERE id = 1"`,
      String.raw`q = "SELECT country_code AS country, \"é\"\n  FROM analytics.t2\n  WHERE id = 1 AND country_code <> 'x'"`,
    ],
    [
      'an edit that is a new line',
      String.raw`q = "SELECT country\nFROM analytics.t1"`,
      String.raw`q = "SELECT country_code AS country\nFROM analytics.t2\nWHERE country_code <> 'x'"`,
    ],
    [
      'strings that are joined',
      'q = "SELECT country " + "FROM analytics.t1 " + "WHERE id = 1 OR id = 2"',
      `q = "SELECT country_code AS country " + "FROM analytics.t2 " + "WHERE (id = 1 OR id = 2) AND country_code <> 'x'"`,
    ],
    [
      'a value',
      'q = "SELECT id FROM analytics.t1 WHERE country = {x} AND id IN (1, {y}) LIMIT {n}"',
      `q = "SELECT id FROM analytics.t2 WHERE country_code = {x} AND id IN (1, {y}) AND country_code <> 'x' LIMIT {n}"`,
    ],
    [
      'a value in quotes',
      `q = "SELECT id FROM analytics.t1 WHERE country = '{country}' AND id > DATE({day})"`,
      `q = "SELECT id FROM analytics.t2 WHERE country_code = '{country}' AND id > DATE({day}) AND country_code <> 'x'"`,
    ],
    [
      'a name with a hole of the plan',
      'q = "SELECT country FROM `{env}_analytics.t1`"',
      `q = "SELECT country_code AS country FROM \`{env}_analytics.t2\` WHERE country_code <> 'x'"`,
    ],
    [
      'other tables with holes',
      'q = "SELECT a.country FROM analytics.t1 a JOIN `{project}.x.{other}` b ON a.id = b.id"',
      `q = "SELECT a.country_code AS country FROM analytics.t2 a JOIN \`{project}.x.{other}\` b ON a.id = b.id WHERE a.country_code <> 'x'"`,
    ],
  ])('rewrites %s', async (_, before, after) => {
    const result = await rewrite(before);
    expect(result.findings).toEqual([]);
    expect(result.after).toBe(after);
    expect(result.rewritten).toBe(true);
    expect(printEmbedded(read(result.after), result.after)).toBe(
      result.expected,
    );
    const again = await rewrite(after);
    expect(again.affected).toBe(false);
    expect(again.edits).toEqual([]);
  });

  it.each([
    ['a projected name', '"SELECT {cols} FROM analytics.t1"'],
    ['a condition', '"SELECT id FROM analytics.t1 WHERE {cond}"'],
    ['a left side', '"SELECT id FROM analytics.t1 WHERE {x} = 1"'],
    ['an argument', '"SELECT SUM({x}) FROM analytics.t1"'],
    ['a part of a name', '"SELECT {x}_total FROM analytics.t1"'],
    ['a chosen column', '"SELECT id FROM analytics.t1 WHERE id = {column}"'],
    ['a clause at the end', '"SELECT id FROM analytics.t1 {where}"'],
    ['an order', '"SELECT id FROM analytics.t1 ORDER BY {x}"'],
  ])('keeps all old names for %s', async (_, text) => {
    const result = await rewrite(text);
    expect(result.findings.map(({ reason }) => reason)).toContain(
      'CODE_HOLE_MAY_NAME_FIELD',
    );
    expect(result.after).toBe(
      text.replace(
        'analytics.t1',
        "(SELECT id, country_code AS country, TIMESTAMP_MILLIS(event_ms) AS activity_ts, clicks + views AS ratio FROM analytics.t2 WHERE country_code <> 'x')",
      ),
    );
  });

  it('takes a bound parameter for a value wherever it stands', async () => {
    const result = await rewrite('"SELECT {p}, country FROM analytics.t1"', {
      bound: ['p'],
    });
    expect(result.after).toBe(
      `"SELECT {p}, country_code AS country FROM analytics.t2 WHERE country_code <> 'x'"`,
    );
  });

  it.each([
    [
      'CODE_HOLE_IS_ALIAS',
      '"SELECT {a}.country FROM analytics.t1 JOIN u ON u.id = 1"',
    ],
    ['EMBEDDED_EDIT_SPANS', '"SELECT country FROM anal" + "ytics.t" + "1"'],
    ['PARSE_FAILED', '"SELECT country FROM FROM analytics.t1"'],
    ['SQL_LEGACY', String.raw`"#legacySQL\nSELECT country FROM analytics.t1"`],
    ['SQL_LEGACY', '"SELECT country FROM [shop:analytics.t1]"'],
    ['SQL_LEGACY', '"SELECT id FROM [shop:analytics.t1], [shop:analytics.x]"'],
  ])('refuses with %s', async (reason, text) => {
    const context = contextOf({
      to: {
        ...mapping.to,
        names: { ...mapping.to.names, tables: ['other.place'] },
      },
    });
    const result = await rewrite(text, {}, context);
    expect(result.findings.map(finding => finding.reason)).toContain(reason);
    expect(result.rewritten).toBe(false);
    expect(result.after).toBe(text);
  });

  it('renames in a simple query of the first dialect', async () => {
    const context = contextOf({ rows: { grain: 'same' } });
    const text =
      '"SELECT country, id FROM [shop:analytics.t1] WHERE country = 1 LIMIT 10"';
    const result = await rewrite(text, {}, context);
    expect(result.after).toBe(
      '"SELECT country_code AS country, id FROM [shop:analytics.t2] WHERE country_code = 1 LIMIT 10"',
    );
    expect(printEmbedded(read(result.after), result.after)).toBe(
      result.expected,
    );
    const expression = await rewrite(text.replace('id', 'ratio'), {}, context);
    expect(expression.findings.map(({ reason }) => reason)).toEqual([
      'SQL_LEGACY',
    ]);
  });

  it('refuses what the quotes cannot hold', async () => {
    const context = contextOf({
      rows: { grain: 'same', where: "country_code <> '{'" },
    });
    const result = await rewrite('"SELECT id FROM analytics.t1"', {}, context);
    expect(result.findings).toEqual([
      expect.objectContaining({
        reason: 'EMBEDDED_QUOTES',
        place: expect.objectContaining({ path: 'a.py', line: 1, column: 1 }),
      }),
    ]);
    expect(result.edits).toEqual([]);
  });

  it('tells which values have to change with the query', async () => {
    const result = await rewrite(
      '"SELECT country FROM `{project}.{d}.{table}`"',
      {
        values: { project: 'shop', d: 'analytics', table: 't1' },
      },
    );
    expect(result.after).toBe(
      `"SELECT country_code AS country FROM \`{project}.{d}.{table}\` WHERE country_code <> 'x'"`,
    );
    expect(result.tables).toMatchObject([
      { value: 't1', replacement: 't2', hole: { start: 36 } },
    ]);
  });

  it('keeps the hole of a whole name in a derived table', async () => {
    const result = await rewrite('"SELECT {x} FROM {table}"', {
      values: { table: 'analytics.t1' },
    });
    expect(result.after).toMatch(
      /^"SELECT \{x\} FROM \(SELECT id, .* FROM \{table\} WHERE/,
    );
    expect(result.tables).toMatchObject([{ replacement: 'analytics.t2' }]);
  });

  it('places findings and uses in the file', async () => {
    const text = 'x = 1\nq = "SELECT {a}, country FROM analytics.t1"';
    const result = await rewrite(text);
    expect(
      result.uses.map(({ place, snippet }) => [
        place.line,
        place.column,
        snippet,
      ]),
    ).toEqual([
      [2, 18, 'country'],
      [2, 31, 'analytics.t1'],
    ]);
    expect(result.statements).toHaveLength(1);
    expect(result.statements[0].label).toBe('line 1, statement 1');
  });

  it('gives a proof values for what code puts in', async () => {
    const result = await rewrite(
      `"SELECT id FROM analytics.t1 WHERE country = '{c}' AND id > {startDate} AND activity_ts BETWEEN {a} AND {b} LIMIT {n}"`,
    );
    expect(result.statements[0].oldSql).toBe(
      "SELECT id FROM shop.analytics.t1 WHERE country = '2024-03-15' AND id > @start_date AND activity_ts BETWEEN @a AND @b LIMIT @n",
    );
    expect(result.statements[0].newSql).toMatch(
      /country_code = '2024-03-15' AND id > @start_date AND .* BETWEEN @a AND @b.* LIMIT @n$/,
    );
  });

  it('reads long names and many comments in no time', async () => {
    const started = Date.now();
    expect(looksLikeSql(`${'/* x */ '.repeat(5_000)}x from`)).toBe(false);
    expect(looksLikeSql(`${'/* x */ '.repeat(5_000)}SELECT 1 FROM x`)).toBe(
      true,
    );
    const long = 'a'.repeat(100_000);
    const result = await rewrite(`"SELECT ${long} FROM {x}.u.${long}"`, {
      values: { x: 'shop' },
    });
    expect(result.affected).toBe(false);
    expect(Date.now() - started).toBeLessThan(5_000);
  });

  it('gives the comment for a use that is left to its owner', async () => {
    const context = contextOf({
      fields: mapping.fields.map(field =>
        field.name === 'ratio'
          ? { kind: 'gone', name: 'ratio', reason: 'No equivalent.' }
          : field,
      ),
    });
    const result = await rewrite(
      '"SELECT ratio FROM analytics.t1"',
      {},
      {
        ...context,
        answers: [{ field: 'ratio', answer: { kind: 'leave' } }],
      },
    );
    expect(result.comments).toEqual([
      'Dataset migration: ratio needs a person. No equivalent.',
    ]);
    expect(result.edits).toEqual([]);
  });
});
