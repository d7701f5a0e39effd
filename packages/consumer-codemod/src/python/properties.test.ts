import fc from 'fast-check';
import { InProcessParser } from '../parser/InProcessParser';
import { rewriteText } from '../testing';
import { rewritePythonText } from './testing';

jest.setTimeout(180_000);

const parser = new InProcessParser();

async function parses(text: string): Promise<boolean> {
  const parsed = await parser.parseTree(text, 'python');
  return parsed.ok && !parsed.errors;
}

const field = fc.constantFrom('id', 'country', 'activity_ts', 'ratio', 'a.id');
const sql = fc
  .tuple(
    fc.array(field, { minLength: 1, maxLength: 3 }),
    fc.constantFrom('analytics.t1 a', '`shop.analytics.t1` AS a'),
    fc.constantFrom(
      '',
      " WHERE country = 'D\"E'",
      " WHERE country LIKE '%x{y}\\\\n' OR id = 1",
      ' WHERE id IN (SELECT k FROM u)',
    ),
    fc.constantFrom('', ' LIMIT 5', ' -- 😀 t1\n'),
    fc.constantFrom(' ', '\n', '\n    '),
  )
  .map(([fields, table, where, tail, gap]) =>
    `SELECT ${fields.join(', ')} FROM ${table}${where}${tail}`.replace(
      / (FROM|WHERE)/g,
      `${gap}$1`,
    ),
  );

interface Style {
  prefix: '' | 'r' | 'f';
  quote: '"' | "'" | '"""' | "'''";
}

const style = fc.record<Style>({
  prefix: fc.constantFrom('', '', 'f', 'r'),
  quote: fc.constantFrom('"', "'", '"""', "'''"),
});

/** Writes a text as a literal; nothing if the style cannot hold it. */
function write(text: string, { prefix, quote }: Style): string | undefined {
  const long = quote.length === 3;
  const mark = quote[0];
  if (prefix === 'r') {
    const fits = !text.includes(mark) && (long || !text.includes('\n'));
    return fits ? `r${quote}${text}${quote}` : undefined;
  }
  let written = text.replace(/\\/g, '\\\\').split(mark).join(`\\${mark}`);
  if (!long) {
    written = written.replace(/\n/g, '\\n');
  }
  if (prefix === 'f') {
    written = written.replace(/[{}]/g, '$&$&');
  }
  return `${prefix}${quote}${written}${quote}`;
}

/** The value of a literal that `write` wrote. */
function read(literal: string, { prefix, quote }: Style): string {
  const inner = literal.slice(
    prefix.length + quote.length,
    literal.length - quote.length,
  );
  if (prefix === 'r') {
    return inner;
  }
  const braces = prefix === 'f' ? inner.replace(/([{}])\1/g, '$1') : inner;
  return braces.replace(/\\([^])/g, (_, next: string) =>
    next === 'n' ? '\n' : next,
  );
}

const squeezed = (text: string) => text.replace(/\s+/g, ' ');

const before = fc.constantFrom(
  '',
  '# analytics.t1 "\r\n',
  'def f(x):\n    """Of analytics.t1"""\n    return {\n        "t1": x}\n\n',
  'é = "😀"; \n',
);
const around = fc.constantFrom<[string, string]>(
  ['client.query(', ').result()\n'],
  ['q = (\n    ', '  # t1\n)\nrun(q)\n'],
  ['for d in days:\n\tpd.read_gbq(', ', project_id="shop")\n'],
  ['Op(task_id="t1", configuration={"query": {"query": ', '}})'],
);

describe('any statement in any literal', () => {
  it('is rewritten as a SQL file is, and nothing else', async () => {
    let changed = 0;
    await fc.assert(
      fc.asyncProperty(
        before,
        around,
        sql,
        style,
        async (head, [open, close], query, how) => {
          const literal = write(query, how);
          fc.pre(literal !== undefined);
          const source = `${head}${open}${literal}${close}`;
          expect(await parses(source)).toBe(true);
          const plain = await rewriteText(query);
          const result = await rewritePythonText(source);
          // A raw string cannot hold every character of the mapping.
          fc.pre(
            result.outcome === 'changed' ||
              (how.prefix === 'r' && result.after === source),
          );
          expect(plain.outcome).toBe('changed');
          changed++;
          expect(await parses(result.after)).toBe(true);
          expect(result.after.startsWith(head + open)).toBe(true);
          expect(result.after.endsWith(close)).toBe(true);
          const written = result.after.slice(
            head.length + open.length,
            result.after.length - close.length,
          );
          const value = read(written, how);
          const exact = how.quote.length === 3 || query.includes('\n');
          const shape = exact ? (part: string) => part : squeezed;
          expect(shape(value)).toBe(shape(plain.after));
          expect(result.files[0].before.toString()).toBe(source);
          const again = await rewritePythonText(result.after);
          expect(again.after).toBe(result.after);
          expect(again.outcome).toBe('not-affected');
        },
      ),
      { numRuns: 150 },
    );
    expect(changed).toBeGreaterThan(80);
  });
});

const SOURCES = [
  'T = "t1"\nP = "shop"\nq = f"SELECT country FROM `{P}.analytics.{T}` WHERE id = {x!r}"\nclient.query(q)\n',
  'q = "SELECT country FROM {} WHERE id = {id}".format("analytics.t1", id=3)\nq += " LIMIT 5"\nspark.sql(q)\n',
  'df = pd.read_gbq("shop.analytics.t1")\nspark.read.format("bigquery").option("table", "analytics.t1").load()\n',
  'def f(t="analytics.t1"):\n    return client.list_rows(t) if t else "SELECT id FROM analytics.t1" % (t,)\n',
];

describe('mutated sources', () => {
  it('never crash, and are only changed to something that stays', async () => {
    const edit = fc.record({
      at: fc.nat(400),
      remove: fc.nat(4),
      insert: fc.constantFrom(
        '',
        '"',
        "'",
        '{',
        '}',
        '\\',
        '(',
        ')',
        '%',
        '\n',
        ' ',
        '#',
        '+',
        'f"',
        '{{',
        '\u0000',
        '😀',
        'T',
      ),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...SOURCES),
        fc.array(edit, { minLength: 1, maxLength: 4 }),
        async (source, edits) => {
          let text = source;
          for (const { at, remove, insert } of edits) {
            const start = at % (text.length + 1);
            text = text.slice(0, start) + insert + text.slice(start + remove);
          }
          // Half of a character cannot be written to a file.
          text = Buffer.from(text).toString();
          const result = await rewritePythonText(text);
          const changed = result.files.length > 0;
          expect(result.after !== text).toBe(changed);
          const again = changed
            ? await rewritePythonText(result.after)
            : result;
          expect(again.after).toBe(result.after);
          expect(!changed || (await parses(result.after))).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });

  it.each([
    [
      'deep nesting',
      `x = ${'('.repeat(3000)}"analytics.t1"${')'.repeat(3000)}`,
    ],
    ['doubling', `a = "analytics.t1"\n${'a = a + a\n'.repeat(60)}run(a)`],
    [
      'doubling by name',
      Array.from({ length: 60 }, (_, i) =>
        i === 0 ? 'a0 = "analytics.t1 "' : `a${i} = a${i - 1} + a${i - 1}`,
      ).join('\n'),
    ],
    ['a cycle', 'a = b\nb = a + "analytics.t1"\nrun(b)'],
    ['a long line', `x = "${'y'.repeat(200_000)} FROM analytics.t1"`],
    ['a long sum', `x = ${'"a" + '.repeat(800)}"analytics.t1"`],
    [
      'many braces',
      `x = "SELECT id FROM analytics.t1 ${'{'.repeat(5000)}".format(1)`,
    ],
  ])('takes %s', async (_, text) => {
    const start = Date.now();
    const result = await rewritePythonText(text);
    expect(result.files).toEqual([]);
    expect(result.outcome).toBe('needs-person');
    expect(Date.now() - start).toBeLessThan(20_000);
  });
});
