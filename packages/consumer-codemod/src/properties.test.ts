import fc from 'fast-check';
import { InProcessParser } from './parser/InProcessParser';
import { applyEdits, invertEdits } from './patch/Edit';
import { rewriteText, testMapping } from './testing';

const field = fc.constantFrom('id', 'country', 'activity_ts', 'ratio');
const column = fc
  .tuple(fc.constantFrom('', 'a.'), field)
  .map(([qualifier, name]) => qualifier + name);
const expression = fc.oneof(
  column,
  column.map(name => `UPPER ( ${name} )`),
  column.map(name => `${name} * 2`),
  column.map(
    name =>
      `CASE WHEN ${name} IS NULL OR ${name} = 1 THEN 'x' ELSE '-- no comment' END`,
  ),
);
const condition = fc.oneof(
  column.map(name => `${name} = 'x'`),
  fc.tuple(column, column).map(([a, b]) => `${a} = 1 OR ${b} IN ( 2 , 3 )`),
  column.map(
    name =>
      `EXISTS ( SELECT 1 FROM u WHERE u.k = ${
        name.includes('.') ? name : `a.${name}`
      } )`,
  ),
);
const from = fc.constantFrom(
  'analytics.t1 a',
  '`shop.analytics.t1` AS a',
  'analytics.t1 AS a JOIN u ON a.id = u.k',
  'u LEFT JOIN analytics.t1 a ON a.id = u.k',
  'analytics.t1 a , UNNEST ( [ 1 , 2 ] ) AS n',
);
const select = fc
  .tuple(
    fc.array(expression, { minLength: 1, maxLength: 4 }),
    from,
    fc.option(condition, { nil: undefined }),
    fc.option(column, { nil: undefined }),
    fc.boolean(),
  )
  .map(
    ([items, tables, where, order, star]) =>
      `SELECT ${[...(star ? ['a.*'] : []), ...items].join(
        ' , ',
      )} FROM ${tables}${where ? ` WHERE ${where}` : ''}${
        order ? ` ORDER BY ${order}` : ''
      }`,
  );
const query = fc.oneof(
  select,
  select.map(inner => `WITH c AS ( ${inner} ) SELECT * FROM c`),
  fc.tuple(select, select).map(([a, b]) => `( ${a} ) UNION ALL ( ${b} )`),
);
const gap = fc.constantFrom(
  ' ',
  '\n',
  '\r\n\t',
  '  ',
  ' /* t1 😀 */ ',
  ' -- analytics.t1\n',
);

async function tokensOf(sql: string): Promise<string[]> {
  const parsed = await new InProcessParser().parse(sql, 'bigquery');
  return parsed.ok ? parsed.tokens.map(token => token.text) : [parsed.message];
}

function commentsOf(sql: string): string[] {
  return sql.match(/\/\* t1 😀 \*\/|-- analytics\.t1/gu) ?? [];
}

jest.setTimeout(120_000);

describe('any query', () => {
  it.each([
    ['with rows.where', testMapping()],
    ['without', testMapping({ rows: { grain: 'same' } })],
  ])(
    'is rewritten once, whatever the spaces and comments, %s',
    async (_, mapping) => {
      let changed = 0;
      await fc.assert(
        fc.asyncProperty(
          query,
          fc.array(gap, { minLength: 1, maxLength: 7 }),
          async (sql, gaps) => {
            let n = 0;
            // Blanks inside of quotes are no gaps.
            const spaced = sql.replace(/'[^']*'| /g, part =>
              part === ' ' ? gaps[n++ % gaps.length] : part,
            );
            const plain = await rewriteText(sql, { mapping });
            const result = await rewriteText(spaced, { mapping });
            const again = await rewriteText(result.after, { mapping });
            changed += result.outcome === 'changed' ? 1 : 0;

            expect(plain.outcome).toBe('changed');
            expect(result.outcome).toBe('changed');
            expect(await tokensOf(result.after)).toEqual(
              await tokensOf(plain.after),
            );
            expect(commentsOf(result.after)).toEqual(commentsOf(spaced));
            expect(again.outcome).toBe('not-affected');
            expect(again.after).toBe(result.after);
          },
        ),
        { numRuns: 120 },
      );
      expect(changed).toBeGreaterThan(100);
    },
  );
});

describe('applyEdits', () => {
  it('leaves every byte outside of the edits alone', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            fc.string({ unit: 'binary' }),
            fc.string({ unit: 'binary' }),
            fc.string({ unit: 'binary', minLength: 1 }),
          ),
        ),
        parts => {
          let source = '';
          let expected = '';
          const edits = [];
          for (const [kept, text, replaced] of parts) {
            source += kept;
            edits.push({
              start: source.length,
              end: source.length + replaced.length,
              text,
              owner: 0,
            });
            source += replaced;
            expected += kept + text;
          }
          expect(applyEdits(source, edits.reverse())).toBe(expected);
          // Undo gives the bytes back.
          const undo = invertEdits(source, edits);
          expect(applyEdits(expected, undo)).toBe(source);
        },
      ),
    );
  });

  it('refuses edits that overlap', () => {
    const edits = [
      { start: 0, end: 2, text: 'a', owner: 0 },
      { start: 1, end: 3, text: 'b', owner: 0 },
    ];
    expect(() => applyEdits('abc', edits)).toThrow('overlap');
  });
});
