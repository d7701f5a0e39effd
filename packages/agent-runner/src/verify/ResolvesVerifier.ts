import { CodemodResult } from 'dataset-migration-consumer-codemod';
import { fileEvidence, VerdictOf, worstOf } from './evidenceOf';
import { Verifier, VerifierContext, VerifierResult } from './Verifier';

/** No read of the old dataset is left in changed files but those left to people. */
export class ResolvesVerifier implements Verifier {
  readonly id = 'resolves';
  readonly rung = 'resolves';

  async verify(context: VerifierContext): Promise<VerifierResult> {
    const { files, filesAfter, job, codemod } = context;
    const { uses } = await codemod.rewrite({
      mapping: job.mapping,
      answers: job.answers,
      files: filesAfter,
    });
    // What reads something made from the dataset is no read of the dataset.
    const direct = uses.filter(({ indirect }) => !indirect);
    const evidence = files.map(({ path }) =>
      fileEvidence(
        this,
        path,
        judge(direct.filter(({ place }) => place.path === path)),
      ),
    );
    const paths = new Set(files.map(({ path }) => path));
    const handed = direct.filter(({ place }) => paths.has(place.path)).length;
    return worstOf(this, context, evidence, passed(handed));
  }
}

function judge(uses: CodemodResult['uses']): VerdictOf {
  const left = uses.find(({ route }) => route === 'codemod');
  if (left) {
    return {
      verdict: 'failed',
      reason: 'OLD_READ_LEFT',
      summary: `${left.place.path}:${left.place.line} still reads the old dataset.`,
    };
  }
  return passed(uses.length);
}

function passed(handed: number): VerdictOf {
  return {
    verdict: 'passed',
    summary: handed
      ? `Changed files read the old dataset only in ${handed} places left to people.`
      : 'No changed file reads the old dataset any more.',
  };
}
