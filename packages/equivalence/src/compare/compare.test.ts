import fc from 'fast-check';
import { QueryResult } from '../database/ProverDatabase';
import { compareResults, isEmptyResult, sameRows } from './compareResults';
import { printTable } from './printTable';
import { shrinkRows } from './shrinkRows';

const OPTIONS = {
  namesMatter: true,
  renamed: new Map<string, string>(),
  droppable: new Set<string>(),
  orderKeys: [],
};

function result(
  columns: string[],
  rows: unknown[][],
  types = columns.map(() => 'VARCHAR'),
): QueryResult {
  return { columns, types, rows };
}

describe('sameRows', () => {
  const value = fc.oneof(
    fc.constantFrom(null, 'a', 'b', '1', true),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
  );
  const rows = fc.array(fc.tuple(value, value), { maxLength: 12 });

  it('does not depend on the order', () => {
    fc.assert(
      fc.property(rows, fc.infiniteStream(fc.nat()), (list, keys) => {
        const shuffled = list
          .map(row => ({ row, key: keys.next().value }))
          .sort((a, b) => a.key - b.key)
          .map(({ row }) => row);
        expect(sameRows(list, shuffled)).toBe(true);
      }),
    );
  });

  it('counts duplicates', () => {
    fc.assert(
      fc.property(rows, value, (list, extra) => {
        expect(sameRows(list, [...list, [extra, extra]])).toBe(false);
      }),
    );
    expect(sameRows([['a'], ['a'], ['b']], [['a'], ['b'], ['b']])).toBe(false);
  });

  it('allows floats a tolerance and NULL none', () => {
    expect(sameRows([[0.1 + 0.2]], [[0.3]])).toBe(true);
    expect(sameRows([[0.3]], [[0.30001]])).toBe(false);
    expect(sameRows([[null]], [[null]])).toBe(true);
    expect(sameRows([[null]], [[0]])).toBe(false);
    expect(sameRows([[null]], [['']])).toBe(false);
  });
});

describe('compareResults', () => {
  const old = result(['country', 'count_star()'], [['a', '1']]);

  it('compares names, but not those the engine makes up', () => {
    const same = result(['COUNTRY', 'sum(1)'], [['a', '1']]);
    const other = result(['code', 'count_star()'], [['a', '1']]);

    expect(compareResults(old, same, OPTIONS)).toEqual({ equal: true });
    expect(compareResults(old, other, OPTIONS)).toMatchObject({ equal: false });
    expect(
      compareResults(old, other, {
        ...OPTIONS,
        renamed: new Map([['country', 'code']]),
      }),
    ).toEqual({ equal: true });
    expect(
      compareResults(old, other, { ...OPTIONS, namesMatter: false }),
    ).toEqual({ equal: true });
  });

  it('lets only dropped columns go', () => {
    const less = result(['count_star()'], [['1']]);

    expect(compareResults(old, less, OPTIONS)).toMatchObject({ equal: false });
    expect(
      compareResults(old, less, {
        ...OPTIONS,
        droppable: new Set(['country']),
      }),
    ).toEqual({ equal: true });
  });

  it('compares types', () => {
    expect(
      compareResults(
        result(['a'], [['1']], ['BIGINT']),
        result(['a'], [['1']], ['VARCHAR']),
        OPTIONS,
      ),
    ).toEqual({
      equal: false,
      difference: 'Column a changes its type: INTEGER to VARCHAR',
    });
  });

  it('compares the sequence of sort keys, not of ties', () => {
    const first = result(
      ['k', 'v'],
      [
        ['1', 'a'],
        ['1', 'b'],
        ['2', 'c'],
      ],
    );
    const tied = result(
      ['k', 'v'],
      [
        ['1', 'b'],
        ['1', 'a'],
        ['2', 'c'],
      ],
    );
    const wrong = result(
      ['k', 'v'],
      [
        ['2', 'c'],
        ['1', 'a'],
        ['1', 'b'],
      ],
    );
    const options = { ...OPTIONS, orderKeys: ['k'] };

    expect(compareResults(first, tied, options)).toEqual({ equal: true });
    expect(compareResults(first, wrong, options)).toMatchObject({
      equal: false,
    });
    expect(compareResults(first, wrong, OPTIONS)).toEqual({ equal: true });
  });
});

describe('isEmptyResult', () => {
  it.each([
    [[], true],
    [[['0', null]], true],
    [[['1', null]], false],
    [[['0'], ['0']], false],
  ])('%j is empty: %p', (rows, expected) => {
    expect(isEmptyResult(result(['n'], rows))).toBe(expected);
  });
});

describe('shrinkRows', () => {
  it('finds the rows a difference needs', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.nat({ max: 39 }), { minLength: 1, maxLength: 3 }),
        async needed => {
          const rows = Array.from({ length: 40 }, (_, index) => index);
          const found = await shrinkRows(
            { a: rows, b: rows },
            async selection =>
              needed.every(index => selection.a.includes(index)),
            1000,
          );
          expect(found).toEqual({ a: needed.sort((a, b) => a - b), b: [] });
        },
      ),
    );
  });

  it('stops after the given number of tries', async () => {
    let tries = 0;
    await shrinkRows(
      { a: Array.from({ length: 500 }, (_, index) => index) },
      async () => {
        tries++;
        return false;
      },
      100,
    );

    expect(tries).toBeLessThanOrEqual(100);
  });
});

describe('printTable', () => {
  it('gives printable values and cuts what is long', () => {
    const table = printTable(
      result(
        ['a', 'b'],
        [
          [{ x: 1 }, null],
          ['y'.repeat(300), 1.5],
        ],
      ),
    );

    expect(table.rows[0]).toEqual(['{"x":1}', null]);
    expect(table.rows[1][0]).toHaveLength(201);
    expect(table.rows[1][1]).toBe('1.5');
  });
});
