import { Evidence } from 'backstage-plugin-dataset-migration-common';
import { rewriteConsumer } from 'dataset-migration-consumer-codemod';
import { evidenceOf } from './evidenceOf';
import { Verifier, VerifierContext } from './Verifier';

/** No read of the old dataset is left in changed files but those left to people. */
export class ResolvesVerifier implements Verifier {
  readonly id = 'resolves';
  readonly rung = 'resolves';

  async verify(context: VerifierContext): Promise<Evidence> {
    const { files, filesAfter, job, parser } = context;
    const changed = new Set(files.map(({ path }) => path));
    const { uses, findings } = await rewriteConsumer({
      mapping: job.mapping,
      answers: job.answers,
      files: filesAfter,
      parser,
    });
    const left = uses.find(
      ({ place, route }) => changed.has(place.path) && route === 'codemod',
    );
    if (left) {
      return evidenceOf(this, context, {
        verdict: 'failed',
        reason: 'OLD_READ_LEFT',
        summary: `${left.place.path}:${left.place.line} still reads the old dataset.`,
      });
    }
    const unknown = findings.find(
      ({ reason, place }) =>
        reason.startsWith('SCHEMA_UNKNOWN') &&
        place !== undefined &&
        changed.has(place.path),
    );
    if (unknown) {
      return evidenceOf(this, context, {
        verdict: 'inconclusive',
        reason: 'SCHEMA_UNKNOWN_IN_SCOPE',
        summary: unknown.message,
      });
    }
    const handed = uses.filter(({ place }) => changed.has(place.path)).length;
    return evidenceOf(this, context, {
      verdict: 'passed',
      summary: handed
        ? `Changed files read the old dataset only in ${handed} places left to people.`
        : 'No changed file reads the old dataset any more.',
    });
  }
}
