import { Evidence } from 'backstage-plugin-dataset-migration-common';
import { proveEquivalence } from 'dataset-migration-equivalence';
import { evidenceOf } from './evidenceOf';
import { Verifier, VerifierContext } from './Verifier';

const MAX_PROOF_MS = 120_000;
const MIN_MEMORY_MB = 512;

/** Old and new query agree on generated rows, under the mapping. */
export class EquivalenceVerifier implements Verifier {
  readonly id = 'equivalence';
  readonly rung = 'equivalent';

  async verify(context: VerifierContext): Promise<Evidence> {
    const { files, job, deadline } = context;
    const untold = files.find(({ statements }) => !statements);
    if (untold) {
      return evidenceOf(this, context, {
        verdict: 'not-run',
        reason: untold.reason ?? 'NO_QUERIES',
        summary: `The queries of ${untold.path} cannot be taken out of it.`,
      });
    }
    const statements = files.flatMap(({ path, statements: own }) =>
      (own ?? []).map(statement => ({ path, ...statement })),
    );
    return proveEquivalence({
      mapping: job.mapping,
      statements,
      answers: job.answers,
      seed: job.run.seed,
      limits: {
        timeoutMs: Math.max(
          1000,
          Math.min(MAX_PROOF_MS, (deadline - Date.now()) * 0.8),
        ),
        memoryMb: Math.max(MIN_MEMORY_MB, job.limits.memoryMb / 2),
      },
    });
  }
}
