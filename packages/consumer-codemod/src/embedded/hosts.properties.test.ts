import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { NameMatcher } from '../names/NameMatcher';
import { InProcessParser } from '../parser/InProcessParser';
import { applyEdits } from '../patch/Edit';
import { RewriteContext } from '../rewrite/FileRewriter';
import { FILE_REWRITERS } from '../rewriters';
import { rewriteText, testMapping } from '../testing';

jest.setTimeout(180_000);

const mapping = testMapping({
  rows: { grain: 'same', where: `country_code <> "a'b"` },
});
const parser = new InProcessParser();
const context: RewriteContext = {
  mapping,
  answers: [],
  matcher: new NameMatcher(mapping),
  parser,
  cache: new Map(),
  schemas: new Map(),
  macros: new Map(),
  files: [],
};

function rewrite(path: string, text: string) {
  const rewriter = FILE_REWRITERS.find(each => each.accepts(path));
  if (!rewriter) {
    throw new Error(path);
  }
  return rewriter.rewrite({ path, text }, context);
}

const column = fc.constantFrom('id', 'country', 'activity_ts', 'ratio');
const literal = fc.constantFrom(
  `'x'`,
  `"y"`,
  `'😀 é'`,
  `'a\\\\b'`,
  `'it\\'s'`,
  '17',
  `'100%'`,
  `'$5'`,
);
/** A query as people write it, on one line or several. */
const query = fc
  .tuple(
    fc.array(column, { minLength: 1, maxLength: 3 }),
    fc.constantFrom('', ' a'),
    fc.option(fc.tuple(column, literal), { nil: undefined }),
    fc.constantFrom(' ', '\n', '\n  '),
    fc.constantFrom('analytics.t1', '`shop.analytics.t1`'),
  )
  .map(([columns, alias, condition, gap, table]) =>
    [
      `SELECT ${columns.join(', ')}`,
      `FROM ${table}${alias}`,
      ...(condition ? [`WHERE ${condition[0]} = ${condition[1]}`] : []),
    ].join(gap),
  );

/** What the engine makes of the same query in a file of its own. */
async function expected(sql: string): Promise<string> {
  const result = await rewriteText(sql, { mapping });
  expect(result.outcome).toBe('changed');
  return result.after;
}

interface Host {
  path: string;
  /** Writes a query into a file; nothing if this kind of string cannot hold it. */
  write(sql: string): string | undefined;
  read(text: string): string;
}

const scala = (open: string, close: string) => ({
  wrap: (inner: string) => `object A {\n  val q = ${open}${inner}${close}\n}\n`,
  unwrap: (text: string) =>
    text.slice(text.indexOf(open) + open.length, text.lastIndexOf(close)),
});
const plain = scala('"', '"');
const triple = scala('"""', '"""');
const margin = scala('"""\n    |', '\n    |""".stripMargin');
const interpolated = scala('s"""', '"""');

const HOSTS: Host[] = [
  {
    path: 'a.scala',
    write: sql => plain.wrap(JSON.stringify(sql).slice(1, -1)),
    read: text => JSON.parse(`"${plain.unwrap(text)}"`),
  },
  {
    path: 'b.scala',
    write: sql => triple.wrap(sql),
    read: text => triple.unwrap(text),
  },
  {
    path: 'c.scala',
    write: sql => margin.wrap(sql.replace(/\n/g, '\n    |')),
    read: text => margin.unwrap(text).replace(/\n {4}\|/g, '\n'),
  },
  {
    path: 'd.scala',
    write: sql =>
      interpolated.wrap(sql.replace(/\\/g, '\\\\').replace(/\$/g, '$$$$')),
    read: text =>
      interpolated.unwrap(text).replace(/\$\$/g, '$').replace(/\\\\/g, '\\'),
  },
  {
    path: 'a.json',
    write: sql =>
      JSON.stringify({ a: [1, { q: sql }], b: 'x' }, undefined, '\t'),
    read: text => JSON.parse(text).a[1].q,
  },
  ...(['BLOCK_LITERAL', 'QUOTE_DOUBLE', 'QUOTE_SINGLE', 'PLAIN'] as const).map(
    (type): Host => ({
      path: 'a.yaml',
      write: sql => {
        const text = stringify(
          { a: { q: sql, r: ['x'] } },
          { defaultStringType: type, lineWidth: 0, defaultKeyType: 'PLAIN' },
        );
        return parse(text).a.q === sql ? text : undefined;
      },
      read: text => parse(text).a.q,
    }),
  ),
  {
    path: 'a.conf',
    write: sql => `a {\n  q = ${JSON.stringify(sql)}\n  r = 1\n}\n`,
    read: text => JSON.parse(text.match(/q = (".*")\n/)?.[1] ?? ''),
  },
  {
    path: 'b.conf',
    write: sql => `a.q: """${sql}"""\n`,
    read: text => text.match(/"""([^]*)"""/)?.[1] ?? '',
  },
];

describe.each(
  HOSTS.map((host, index) => ({ name: `${index} ${host.path}`, host })),
)('a query in $name', ({ host }) => {
  it('comes out as in a file of its own, or is refused', async () => {
    let rewritten = 0;
    await fc.assert(
      fc.asyncProperty(query, async sql => {
        const text = host.write(sql);
        fc.pre(text !== undefined && host.read(text) === sql);
        const result = await rewrite(host.path, text);
        const { after = text } = result;
        const refusals = result.findings.filter(
          ({ route }) => route === 'person',
        );
        // What the quotes cannot hold is refused, and nothing else is.
        expect(refusals.map(({ reason }) => reason).join()).toMatch(
          after === text ? /^(EMBEDDED_QUOTES|EDIT_NOT_VERIFIED)$/ : /^$/,
        );
        fc.pre(after !== text);
        const wanted = await expected(sql);
        expect(host.read(after)).toBe(
          host.path === 'a.yaml' ? wanted.trimEnd() : wanted,
        );
        rewritten++;
        // Bytes outside of the edits are the same, so taking them back gives the old file.
        const edits = [...(result.edits ?? [])].sort(
          (a, b) => a.start - b.start,
        );
        let shift = 0;
        const undo = edits.map(edit => {
          const start = edit.start + shift;
          shift += edit.text.length - (edit.end - edit.start);
          return {
            start,
            end: start + edit.text.length,
            text: text.slice(edit.start, edit.end),
            owner: 0,
          };
        });
        expect(applyEdits(text, edits)).toBe(after);
        expect(applyEdits(after, undo)).toBe(text);
        const again = await rewrite(host.path, after);
        expect(again.after).toBeUndefined();
        expect(again.findings).toEqual([]);
      }),
      { numRuns: 40 },
    );
    expect(rewritten).toBeGreaterThan(10);
  });
});

describe('a broken file', () => {
  it.each(HOSTS.map(host => [host.path, host] as const))(
    'in %s is left alone or rewritten, and never ends the run',
    async (path, host) => {
      await fc.assert(
        fc.asyncProperty(
          query,
          fc.nat(),
          fc.nat({ max: 12 }),
          fc.constantFrom(
            '',
            '"',
            "'",
            '\\',
            '{',
            '}',
            '\n',
            '$',
            '%s',
            '`',
            ')',
          ),
          async (sql, at, length, noise) => {
            const text = host.write(sql) ?? '';
            const start = text.length === 0 ? 0 : at % text.length;
            const broken =
              text.slice(0, start) + noise + text.slice(start + length);
            const result = await rewrite(path, broken);
            const again = await rewrite(path, result.after ?? '');
            expect(again.after).toBeUndefined();
          },
        ),
        { numRuns: 60 },
      );
    },
  );
});
