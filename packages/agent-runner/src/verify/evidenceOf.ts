import { Evidence, Verdict } from 'backstage-plugin-dataset-migration-common';
import { Verifier, VerifierContext } from './Verifier';

/** Evidence of a verifier about every file of the change. */
export function evidenceOf(
  verifier: Pick<Verifier, 'id' | 'rung'>,
  context: Pick<VerifierContext, 'changes'>,
  result: { verdict: Verdict; reason?: string; summary: string },
): Evidence {
  return {
    verifier: verifier.id,
    ...(verifier.rung && { rung: verifier.rung }),
    ...result,
    paths: context.changes.map(({ path }) => path),
  };
}
