import { Evidence } from 'backstage-plugin-dataset-migration-common';
import { fileEvidence, worstOf } from './evidenceOf';

/** The evidence of each file: its own cases, without the mutants of all together. */
export function evidencePerFile(proved: Evidence): Evidence[] {
  const { proof } = proved;
  if (!proof) {
    return [];
  }
  const verifier = { id: proved.verifier, rung: proved.rung };
  return proved.paths.flatMap(path => {
    const cases = proof.cases.filter(each => each.path === path);
    const { evidence } = worstOf(
      verifier,
      { changes: [{ path }] },
      cases.map(({ verdict, reason, label, message }) => ({
        ...fileEvidence(verifier, path, {
          verdict,
          summary: `${path}, ${label}: ${message ?? verdict}`,
        }),
        ...(reason !== undefined && { reason }),
      })),
      {
        verdict: 'passed',
        summary: `Old and new agree on ${
          cases.length === 1 ? '1 query' : `${cases.length} queries`
        } (${cases.reduce(
          (sum, { outputRows }) => sum + outputRows,
          0,
        )} rows compared).`,
      },
    );
    return cases.length > 0
      ? [{ ...evidence, proof: { ...proof, cases } }]
      : [];
  });
}
