import { evidenceOf, fileEvidence, worstOf } from './evidenceOf';
import { evidencePerFile } from './evidencePerFile';
import { proofOf } from './proofOf';
import { Verifier, VerifierContext, VerifierResult } from './Verifier';

/** Old and new query agree on generated rows, under the mapping. */
export class EquivalenceVerifier implements Verifier {
  readonly id = 'equivalence';
  readonly rung = 'equivalent';

  async verify(context: VerifierContext): Promise<VerifierResult> {
    const { files } = context;
    const untold = files
      .filter(({ statements }) => !statements)
      .map(({ path, reason }) =>
        fileEvidence(this, path, {
          verdict: 'not-run',
          reason: reason ?? 'NO_QUERIES',
          summary: `The queries of ${path} cannot be taken out of it.`,
        }),
      );
    const queries = files.flatMap(({ statements }) => statements ?? []);
    if (untold.length > 0 && queries.length === 0) {
      return worstOf(this, context, untold, untold[0]);
    }
    const proved = await proofOf(context);
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
