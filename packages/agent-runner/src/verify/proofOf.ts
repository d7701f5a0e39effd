import { Evidence } from 'backstage-plugin-dataset-migration-common';
import { proveEquivalence } from 'dataset-migration-equivalence';
import { VerifierContext } from './Verifier';

const MIN_PROOF_MS = 120_000;
/** Large changes get time for each query; a proof takes tens of milliseconds. */
const PER_STATEMENT_MS = 1000;
const MIN_MEMORY_MB = 512;

const proofs = new WeakMap<VerifierContext, Promise<Evidence>>();

/** The proof of all queries of a change, which several verifiers read; it is made once. */
export function proofOf(context: VerifierContext): Promise<Evidence> {
  const known = proofs.get(context);
  if (known) {
    return known;
  }
  const { files, job, deadline } = context;
  const statements = files.flatMap(({ path, statements: own }) =>
    (own ?? []).map(statement => ({ path, ...statement })),
  );
  const proof = proveEquivalence({
    mapping: job.mapping,
    statements,
    answers: job.answers,
    seed: job.run.seed,
    limits: {
      timeoutMs: Math.max(
        1000,
        Math.min(
          Math.max(MIN_PROOF_MS, statements.length * PER_STATEMENT_MS),
          (deadline - Date.now()) * 0.8,
        ),
      ),
      memoryMb: Math.max(MIN_MEMORY_MB, job.limits.memoryMb / 2),
    },
  });
  proofs.set(context, proof);
  return proof;
}
