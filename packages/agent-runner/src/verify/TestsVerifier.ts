import { evidenceOf } from './evidenceOf';
import { Verifier, VerifierContext, VerifierResult } from './Verifier';

/** The consumer's own tests, which are its code: only ever in a sandbox. */
export class TestsVerifier implements Verifier {
  readonly id = 'tests';
  readonly rung = 'tested';

  async verify(context: VerifierContext): Promise<VerifierResult> {
    return {
      evidence: evidenceOf(this, context, {
        verdict: 'not-run',
        reason: 'NO_SANDBOX',
        summary:
          "The consumer's tests run its code, for which no sandbox is set up.",
      }),
    };
  }
}
