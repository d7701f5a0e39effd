import { ProverDatabase } from './database/ProverDatabase';
import { MutationKind } from './mutate/Mutation';
import { proveStatement } from './prove/proveStatement';
import { StatementProof } from './prove/StatementProof';
import { ordersMapping } from './testUtils/ordersMapping';
import { AFTER, BEFORE, RealisticQuery } from './testUtils/naming';
import { REALISTIC_QUERIES } from './testUtils/realisticQueries';
import { loadPolyglot } from './translate/polyglot';

jest.setTimeout(300_000);

async function prove(
  query: RealisticQuery,
  seed: number,
): Promise<StatementProof> {
  const database = await ProverDatabase.open({
    memoryMb: 512,
    queryTimeoutMs: 10_000,
  });
  try {
    return await proveStatement({
      mapping: ordersMapping(),
      statement: {
        path: 'a.sql',
        label: query.name,
        oldSql: query.sql(BEFORE),
        newSql: query.sql(AFTER),
        ordered: false,
        tables: query.tables ?? [],
      },
      answers: [],
      seed,
      database,
      // Every mistake that can be made, not a sample of them.
      mutantLimit: 1000,
    });
  } finally {
    database.close();
  }
}

function scoreOf(proofs: StatementProof[], kinds?: MutationKind[]) {
  const counts = proofs.flatMap(({ mutants }) =>
    Object.entries(mutants.byKind)
      .filter(([kind]) => !kinds || kinds.some(item => item === kind))
      .map(([, count]) => count),
  );
  const sum = (key: 'generated' | 'killed') =>
    counts.reduce((total, count) => total + count[key], 0);
  const generated = sum('generated');
  const killed = sum('killed');
  return { generated, killed, rate: killed / generated };
}

describe('realistic queries', () => {
  let proofs: StatementProof[] = [];

  beforeAll(async () => {
    await loadPolyglot();
    for (const query of REALISTIC_QUERIES) {
      proofs = [...proofs, await prove(query, 1)];
    }
  });

  it('are all proved, with rows in the result', () => {
    expect(proofs).toHaveLength(40);
    expect(
      proofs
        .filter(({ case: item }) => item.verdict !== 'passed')
        .map(({ case: { label, reason, message } }) => [
          label,
          reason,
          message,
        ]),
    ).toEqual([]);
    expect(Math.min(...proofs.map(proof => proof.case.outputRows))).toBe(1);
  });

  it('see every condition on both sides', () => {
    expect(proofs.flatMap(proof => proof.coverage?.missed ?? [])).toEqual([]);
    const found = proofs.map(proof => proof.coverage?.found ?? 0);
    expect(found.reduce((a, b) => a + b, 0)).toBeGreaterThan(100);
  });

  it('give away at least 99 % of wrong columns', () => {
    const score = scoreOf(proofs, ['wrong column', 'wrong column everywhere']);

    expect(score.generated).toBeGreaterThan(400);
    expect(score.rate).toBeGreaterThanOrEqual(0.99);
  });

  it('give away at least 90 % of drifted values', () => {
    const score = scoreOf(proofs, ['value drift']);

    expect(score.generated).toBeGreaterThan(200);
    expect(score.rate).toBeGreaterThanOrEqual(0.9);
  });

  it('give away at least 95 % of all mistakes', () => {
    const score = scoreOf(proofs);

    expect(score.generated).toBeGreaterThan(900);
    expect(score.rate).toBeGreaterThanOrEqual(0.95);
    const survivors = proofs.flatMap(proof => proof.mutants.survivors);
    expect(survivors).toHaveLength(score.generated - score.killed);
  });

  it('give the same evidence again', async () => {
    const incremental = REALISTIC_QUERIES.findIndex(
      ({ name }) => name === 'incremental model',
    );

    expect(await prove(REALISTIC_QUERIES[incremental], 1)).toEqual(
      proofs[incremental],
    );
  });
});

describe('other seeds', () => {
  beforeAll(loadPolyglot);

  it.each([2, 77])('find no difference where there is none: %d', async seed => {
    for (const query of REALISTIC_QUERIES.filter((_, at) => at % 4 === 1)) {
      const proof = await prove(query, seed);
      expect(proof.case).toMatchObject({
        label: query.name,
        verdict: 'passed',
      });
    }
  });
});
