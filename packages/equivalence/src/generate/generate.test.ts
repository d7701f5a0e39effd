import fc from 'fast-check';
import { loadPolyglot, parseStatement } from '../translate/polyglot';
import { collectHints } from './collectHints';
import { GeneratedColumn, generateRows } from './generateRows';
import { Random } from './Random';

beforeAll(loadPolyglot);

function column(change: Partial<GeneratedColumn> = {}): GeneratedColumn {
  return {
    name: 'a',
    type: { kind: 'scalar', name: 'VARCHAR', known: true },
    required: false,
    unique: false,
    suggested: [],
    literals: [],
    distances: [1],
    ...change,
  };
}

describe('Random', () => {
  it('gives the same numbers for the same seed, within its bounds', () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat({ max: 50 }), (seed, size) => {
        const first = new Random(seed);
        const second = new Random(seed);
        const drawn = Array.from({ length: 20 }, () => first.integer(-3, size));
        expect(drawn).toEqual(
          Array.from({ length: 20 }, () => second.integer(-3, size)),
        );
        expect(drawn.every(item => item >= -3 && item <= size)).toBe(true);
      }),
    );
  });

  it('keeps every item when it shuffles', () => {
    fc.assert(
      fc.property(fc.integer(), fc.array(fc.nat()), (seed, items) => {
        expect(new Random(seed).shuffle(items).sort()).toEqual(
          [...items].sort(),
        );
      }),
    );
  });
});

describe('generateRows', () => {
  it('keeps to what the contract says', () => {
    fc.assert(
      fc.property(fc.integer(), seed => {
        const rows = generateRows(
          [
            column({ required: true }),
            column({ unique: true, literals: ['SE'] }),
            column({ allowed: [`'x'`, `'y'`] }),
          ],
          50,
          new Random(seed),
        );
        expect(rows.every(([first]) => first !== 'NULL')).toBe(true);
        expect(new Set(rows.map(([, second]) => second)).size).toBe(50);
        expect(
          rows.every(([, , third]) => [`'x'`, `'y'`, 'NULL'].includes(third)),
        ).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it('hits both sides of every comparison, and NULL', () => {
    const [values] = [
      generateRows(
        [
          column({
            type: { kind: 'scalar', name: 'BIGINT', known: true },
            literals: ['1000'],
          }),
        ],
        60,
        new Random(1),
      ).flat(),
    ];

    expect(values).toEqual(
      expect.arrayContaining(['999', '1000', '1001', 'NULL']),
    );
  });
});

describe('collectHints', () => {
  it('follows literals through aliases and old fields to new columns', () => {
    const statement = parseStatement(
      `WITH b AS (SELECT country AS c, day FROM t) SELECT c FROM b JOIN u ON b.c = u.code WHERE c = 'SE' AND active AND day > DATE_SUB(DATE '2024-01-02', INTERVAL 7 DAY)`,
      'bigquery',
    );
    const hints = collectHints(
      [statement],
      new Map([['country', ['country_code']]]),
    );

    expect([...hints.literals.get('country_code')!]).toEqual(['SE']);
    expect([...hints.literals.get('day')!]).toContain('2024-01-02');
    expect(hints.pairs).toEqual([['c', 'code']]);
    expect(hints.conditions).toContain('active');
    expect(hints.distances).toContain(7);
  });
});
