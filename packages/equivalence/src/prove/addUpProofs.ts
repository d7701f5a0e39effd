import {
  MutationScore,
  ProofCoverage,
} from 'backstage-plugin-dataset-migration-common';
import { StatementProof } from './StatementProof';

/** What a person can take in; the numbers are complete. */
const MAX_SURVIVORS = 50;
const MAX_MISSED = 100;

function sum(proofs: StatementProof[], of: (proof: StatementProof) => number) {
  return proofs.reduce((total, proof) => total + of(proof), 0);
}

/** The deliberate mistakes of all statements, with those that nobody noticed. */
export function mutationScore(proofs: StatementProof[]): MutationScore {
  return {
    generated: sum(proofs, proof => proof.mutants.generated),
    killed: sum(proofs, proof => proof.mutants.killed),
    equivalent: sum(proofs, proof => proof.mutants.equivalent),
    survivors: proofs
      .flatMap(({ case: { path, label }, mutants }) =>
        mutants.survivors.map(text => `${path}, ${label}: ${text}`),
      )
      .slice(0, MAX_SURVIVORS),
  };
}

/** How much of all statements the rows exercised; nothing when none ran. */
export function proofCoverage(
  proofs: StatementProof[],
): ProofCoverage | undefined {
  if (!proofs.some(proof => proof.coverage)) return undefined;
  return {
    outputRows: sum(proofs, proof => proof.case.outputRows),
    branches: {
      found: sum(proofs, proof => proof.coverage?.found ?? 0),
      hit: sum(proofs, proof => proof.coverage?.hit ?? 0),
    },
    missed: proofs
      .flatMap(({ case: { path, label }, coverage }) =>
        (coverage?.missed ?? []).map(({ predicate, missing }) => ({
          path,
          label,
          condition: predicate,
          never: missing,
        })),
      )
      .slice(0, MAX_MISSED),
  };
}
