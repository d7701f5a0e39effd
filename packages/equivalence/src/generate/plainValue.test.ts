import fc from 'fast-check';
import { ProverDatabase } from '../database/ProverDatabase';
import { quoteText } from '../database/names';
import { plainValue } from './plainValue';

interface Sample {
  literal: string;
  type: string;
}

const day = fc
  .integer({ min: 0, max: 30_000 })
  .map(days => new Date(days * 86_400_000).toISOString().slice(0, 10));
const scalars: fc.Arbitrary<Sample> = fc.oneof(
  fc.string().map(text => ({ literal: quoteText(text), type: 'VARCHAR' })),
  fc.integer().map(value => ({ literal: String(value), type: 'BIGINT' })),
  fc.boolean().map(value => ({
    literal: String(value).toUpperCase(),
    type: 'BOOLEAN',
  })),
  day.map(text => ({ literal: `DATE '${text}'`, type: 'DATE' })),
  day.map(text => ({
    literal: `TIMESTAMPTZ '${text} 10:20:30.5+00'`,
    type: 'TIMESTAMPTZ',
  })),
  day.map(text => ({ literal: `CAST('${text}' AS DATE)`, type: 'DATE' })),
  fc.constant({ literal: 'NULL', type: 'BIGINT' }),
);
const values: fc.Arbitrary<Sample> = fc.oneof(
  scalars,
  scalars.map(({ literal, type }) => ({
    literal: `[${literal}, ${literal}]`,
    type: `${type}[]`,
  })),
  fc.tuple(scalars, scalars).map(([a, b]) => ({
    literal: `{'a': ${a.literal}, 'b': [${b.literal}]}`,
    type: `STRUCT(a ${a.type}, b ${b.type}[])`,
  })),
);

describe('plainValue', () => {
  it('is read back by DuckDB as the value of the literal', async () => {
    const database = await ProverDatabase.open({
      memoryMb: 256,
      queryTimeoutMs: 5000,
    });
    try {
      await fc.assert(
        fc.asyncProperty(values, async ({ literal, type }) => {
          const plain = plainValue(literal);
          const document = JSON.stringify([{ v: plain?.value }]);
          const { rows } = await database.query(
            `SELECT v IS NOT DISTINCT FROM CAST(${literal} AS ${type}) FROM (SELECT UNNEST(from_json(${quoteText(
              document,
            )}, ${quoteText(JSON.stringify([{ v: type }]))}), max_depth := 2))`,
          );
          expect(plain).toBeDefined();
          expect(rows).toEqual([[true]]);
        }),
        { numRuns: 150, seed: 3 },
      );
    } finally {
      database.close();
    }
  });

  it.each(['now()', `'a'::JSON`, `[now()]`, '1 + 1'])(
    'leaves the expression %s to the engine',
    literal => {
      expect(plainValue(literal)).toBeUndefined();
    },
  );
});
