import { loadPolyglot, parseStatement } from '../translate/polyglot';
import { comparedTypes } from './comparedTypes';

beforeAll(() => loadPolyglot());

function read(condition: string) {
  const statement = parseStatement(
    `SELECT 1 FROM t WHERE ${condition}`,
    'bigquery',
  );
  const { literals, partners } = comparedTypes([statement]);
  return {
    literals: Object.fromEntries(literals),
    partners: Object.fromEntries(
      [...partners].map(([name, found]) => [name, [...found]]),
    ),
  };
}

describe('comparedTypes', () => {
  it.each([
    ['A = 1', { a: [{ text: '1', quoted: false }] }],
    [
      "t.a IN ('1', 'x')",
      {
        a: [
          { text: '1', quoted: true },
          { text: 'x', quoted: true },
        ],
      },
    ],
    ["a < DATE '2024-06-15'", { a: [{ text: '2024-06-15', quoted: true }] }],
    ['-2.5 < a', { a: [{ text: '2.5', quoted: false }] }],
    [
      'a BETWEEN 1 AND 2',
      {
        a: [
          { text: '1', quoted: false },
          { text: '2', quoted: false },
        ],
      },
    ],
    [
      "CASE a WHEN 'x' THEN 1 ELSE 2 END > 0",
      { a: [{ text: 'x', quoted: true }] },
    ],
  ])('reads literals: %s', (condition, literals) => {
    expect(read(condition)).toEqual({ literals, partners: {} });
  });

  it.each([
    'ROW_NUMBER() OVER (PARTITION BY a ORDER BY b) = 1',
    'LENGTH(a) > 3',
    'CASE WHEN a THEN 1 END = 1',
    '(SELECT COUNT(a) FROM u) = 1',
  ])('takes nothing from what is made of a column: %s', condition => {
    expect(read(condition)).toEqual({ literals: {}, partners: {} });
  });

  it('joins columns that are compared or renamed', () => {
    expect(
      read('a = (SELECT MAX(c) FROM (SELECT b AS c, d FROM u) WHERE d > x)')
        .partners,
    ).toEqual({
      b: ['c'],
      c: ['b'],
      d: ['x'],
      x: ['d'],
    });
  });
});
