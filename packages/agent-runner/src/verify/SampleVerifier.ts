import { evidenceOf } from './evidenceOf';
import { Verifier, VerifierContext, VerifierResult } from './Verifier';

/** Both queries on a sample of the real data, which needs a connection to it. */
export class SampleVerifier implements Verifier {
  readonly id = 'equivalent-on-sample';
  readonly rung = 'equivalent-on-sample';

  async verify(context: VerifierContext): Promise<VerifierResult> {
    return {
      evidence: evidenceOf(this, context, {
        verdict: 'not-run',
        reason: 'NO_CONNECTION',
        summary: 'No connection to the real data is set up.',
      }),
    };
  }
}
