import { evidenceOf } from './evidenceOf';
import { Verifier, VerifierContext, VerifierResult } from './Verifier';

const BUILT = /\.(?:scala|java|kt|py|ipynb)$|(?:^|\/)dbt_project\.ya?ml$/i;

/** The consumer's own build, which runs its code: only ever in a sandbox. */
export class CompilesVerifier implements Verifier {
  readonly id = 'compiles';
  readonly rung = 'compiles';

  async verify(context: VerifierContext): Promise<VerifierResult> {
    const { filesAfter, files } = context;
    const isBuilt =
      files.some(({ path }) => BUILT.test(path)) ||
      filesAfter.some(({ path }) => /dbt_project\.ya?ml$/i.test(path));
    return {
      evidence: evidenceOf(this, context, {
        verdict: 'not-run',
        ...(isBuilt
          ? {
              reason: 'NO_SANDBOX',
              summary:
                'Building the consumer runs its code, for which no sandbox is set up.',
            }
          : {
              reason: 'NOT_APPLICABLE',
              summary: 'The change is plain SQL, which nothing compiles.',
            }),
      }),
    };
  }
}
