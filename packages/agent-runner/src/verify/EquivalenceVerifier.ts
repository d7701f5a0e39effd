import { proveEquivalence } from 'dataset-migration-equivalence';
import { evidenceOf, fileEvidence, worstOf } from './evidenceOf';
import { evidencePerFile } from './evidencePerFile';
import { Verifier, VerifierContext, VerifierResult } from './Verifier';

const MIN_PROOF_MS = 120_000;
/** Large changes get time for each query; a proof takes tens of milliseconds. */
const PER_STATEMENT_MS = 1000;
const MIN_MEMORY_MB = 512;

/** Old and new query agree on generated rows, under the mapping. */
export class EquivalenceVerifier implements Verifier {
  readonly id = 'equivalence';
  readonly rung = 'equivalent';

  async verify(context: VerifierContext): Promise<VerifierResult> {
    const { files, job, deadline } = context;
    const untold = files
      .filter(({ statements }) => !statements)
      .map(({ path, reason }) =>
        fileEvidence(this, path, {
          verdict: 'not-run',
          reason: reason ?? 'NO_QUERIES',
          summary: `The queries of ${path} cannot be taken out of it.`,
        }),
      );
    const statements = files.flatMap(({ path, statements: own }) =>
      (own ?? []).map(statement => ({ path, ...statement })),
    );
    if (untold.length > 0 && statements.length === 0) {
      return worstOf(this, context, untold, untold[0]);
    }
    const proved = await proveEquivalence({
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
    const evidence = [...untold, ...evidencePerFile(proved)];
    // What could not be taken out of a file is no part of what passed.
    return proved.verdict === 'passed' && untold.length > 0
      ? {
          evidence: {
            ...evidenceOf(this, context, {
              verdict: 'not-run',
              reason: untold[0].reason,
              summary: untold[0].summary,
            }),
            ...(proved.proof && { proof: proved.proof }),
          },
          files: evidence,
        }
      : { evidence: proved, files: evidence };
  }
}
