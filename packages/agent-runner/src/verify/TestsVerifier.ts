import { Evidence } from 'backstage-plugin-dataset-migration-common';
import { evidenceOf } from './evidenceOf';
import { Verifier, VerifierContext } from './Verifier';

/** The consumer's own tests, which are its code: only ever in a sandbox. */
export class TestsVerifier implements Verifier {
  readonly id = 'tests';
  readonly rung = 'tested';

  async verify(context: VerifierContext): Promise<Evidence> {
    return evidenceOf(this, context, {
      verdict: 'not-run',
      reason: 'NO_SANDBOX',
      summary:
        "The consumer's tests run its code, for which no sandbox is set up.",
    });
  }
}
