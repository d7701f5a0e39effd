import {
  ContractField,
  DatasetMapping,
  DatasetSide,
  FieldMapping,
} from 'backstage-plugin-dataset-migration-common';
import fc from 'fast-check';
import { ProverDatabase } from '../database/ProverDatabase';
import { loadPolyglot } from '../translate/polyglot';
import { StatementProof } from './StatementProof';
import { proveStatement } from './proveStatement';

jest.setTimeout(120_000);

const KINDS = {
  rename: (name: string) => ({ is: name, type: 'INT64', from: 'INT64' }),
  millis: (name: string) => ({
    is: `TIMESTAMP_MILLIS(${name})`,
    type: 'INT64',
    from: 'TIMESTAMP',
  }),
  text: (name: string) => ({
    is: `CONCAT(${name}, '-', ${name})`,
    type: 'STRING',
    from: 'STRING',
  }),
  negation: (name: string) => ({
    is: `NOT ${name}`,
    type: 'BOOL',
    from: 'BOOL',
  }),
  sum: (name: string) => ({ is: `${name} + 2`, type: 'INT64', from: 'INT64' }),
  share: (name: string) => ({
    is: `1.0 / ${name}`,
    type: 'INT64',
    from: 'FLOAT64',
  }),
};

function contractField(name: string, type: string): ContractField {
  return { name, type, required: false, unique: false, primaryKey: false };
}

function side(version: string, fields: ContractField[]): DatasetSide {
  const table = `shop.data.orders_${version}`;
  return {
    dataset: `resource:default/orders-${version}`,
    contract: { id: version, version, table, fields },
    names: {
      tables: [table],
      dbtSources: [],
      dbtRefs: [],
      patterns: [],
      symbols: [],
    },
  };
}

const shapes = fc.record({
  kinds: fc.array(fc.constantFrom(...Object.keys(KINDS)), {
    minLength: 1,
    maxLength: 5,
  }),
  where: fc.constantFrom(undefined, 'NOT gone', 'NOT gone OR gone IS NULL'),
  form: fc.constantFrom('plain', 'filter', 'join', 'aggregate'),
  seed: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
});

type Shape = typeof shapes extends fc.Arbitrary<infer T> ? T : never;

function mappingOf(shape: Shape): DatasetMapping {
  const parts = shape.kinds.map((kind, index) =>
    KINDS[kind as keyof typeof KINDS](`n${index}`),
  );
  return {
    version: 1,
    dialect: 'bigquery',
    output: 'keep',
    from: side(
      'v1',
      parts.map((part, index) => contractField(`o${index}`, part.from)),
    ),
    to: side('v2', [
      ...parts.map((part, index) => contractField(`n${index}`, part.type)),
      contractField('gone', 'BOOL'),
    ]),
    rows: { grain: 'same', where: shape.where },
    fields: parts.map(
      (part, index): FieldMapping => ({
        kind: 'expression',
        name: `o${index}`,
        is: part.is,
      }),
    ),
  };
}

function queryOf(shape: Shape, table: string): string {
  const names = shape.kinds.map((_, index) => `t.o${index}`);
  switch (shape.form) {
    case 'filter':
      return `SELECT ${names.join(
        ', ',
      )} FROM ${table} t WHERE t.o0 IS NOT NULL`;
    case 'join':
      return `SELECT k.id, ${names.join(
        ', ',
      )} FROM shop.data.keys k LEFT JOIN ${table} t ON k.id = t.o0`;
    case 'aggregate':
      return `SELECT t.o0, COUNT(*) AS n FROM ${table} t GROUP BY t.o0`;
    default:
      return `SELECT ${names.join(', ')} FROM ${table} t`;
  }
}

function derivedTable(mapping: DatasetMapping, where = mapping.rows.where) {
  const columns = mapping.fields.map(field =>
    'is' in field ? `${field.is} AS ${field.name}` : field.name,
  );
  return `(SELECT ${columns.join(', ')} FROM shop.data.orders_v2${
    where ? ` WHERE ${where}` : ''
  })`;
}

async function prove(
  shape: Shape,
  mapping: DatasetMapping,
  derived: string,
): Promise<StatementProof> {
  const database = await ProverDatabase.open({
    memoryMb: 256,
    queryTimeoutMs: 5000,
  });
  try {
    return await proveStatement({
      mapping,
      statement: {
        path: 'a.sql',
        label: 'statement 1',
        oldSql: queryOf(shape, 'shop.data.orders_v1'),
        newSql: queryOf(shape, derived),
        ordered: false,
        tables: [],
      },
      answers: [],
      seed: shape.seed,
      database,
    });
  } finally {
    database.close();
  }
}

describe('proveStatement', () => {
  beforeAll(loadPolyglot);

  it('never finds a difference to the reference rewrite', async () => {
    await fc.assert(
      fc.asyncProperty(shapes, async shape => {
        const mapping = mappingOf(shape);
        const proof = await prove(shape, mapping, derivedTable(mapping));
        expect(proof.case).toMatchObject({ verdict: 'passed' });
        expect(proof.case.outputRows).toBeGreaterThan(0);
      }),
      { numRuns: 25, seed: 5 },
    );
  });

  it('always notices a lost condition on the rows', async () => {
    await fc.assert(
      fc.asyncProperty(shapes, async shape => {
        const mapping = mappingOf({ ...shape, where: 'NOT gone' });
        const proof = await prove(shape, mapping, derivedTable(mapping, ''));
        expect(proof.case).toMatchObject({
          verdict: 'failed',
          reason: 'DIFFERENT_RESULT',
        });
      }),
      { numRuns: 15, seed: 6 },
    );
  });
});
