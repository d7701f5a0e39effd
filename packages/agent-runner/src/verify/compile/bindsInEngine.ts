import { ProofReason } from 'dataset-migration-equivalence';
import { proofOf } from '../proofOf';
import { VerdictOf } from '../evidenceOf';
import { VerifierContext } from '../Verifier';

/** What a proof says only after both queries were bound. */
const BOUND: readonly string[] = [
  'DIFFERENT_RESULT',
  'EMPTY_RESULT',
  'NONDETERMINISTIC',
  'WEAK_EVIDENCE',
  'FIELD_NEEDS_JUDGEMENT',
] satisfies ProofReason[];

/**
 * Plain SQL is compiled by the warehouse, which is not asked. The engine of the proof binds
 * each query to the new contract before it runs any: every name resolves, and functions and
 * operators take what they are given. What the engine does not know says nothing.
 */
export async function bindsInEngine(
  path: string,
  context: VerifierContext,
): Promise<VerdictOf | undefined> {
  const proof = await proofOf(context).catch(() => undefined);
  const cases = (proof?.proof?.cases ?? []).filter(each => each.path === path);
  if (cases.length === 0) {
    return undefined;
  }
  const wrong = cases.find(each => each.reason === 'NEW_QUERY_DOES_NOT_BIND');
  if (wrong) {
    return {
      verdict: 'failed',
      reason: 'NEW_QUERY_DOES_NOT_BIND',
      summary: `${path}, ${wrong.label}: ${wrong.message}`,
    };
  }
  const unknown = cases.find(
    ({ verdict, reason }) =>
      verdict !== 'passed' && !BOUND.includes(reason ?? ''),
  );
  return unknown
    ? {
        verdict: 'not-run',
        reason: 'NOT_BOUND',
        summary: `${path}, ${
          unknown.label
        }: the engine of the proof could not bind it (${
          unknown.message ?? unknown.reason
        }).`,
      }
    : {
        verdict: 'passed',
        summary: `${path}: ${
          cases.length === 1
            ? 'its query binds'
            : `its ${cases.length} queries bind`
        } to the new contract in the engine of the proof; the warehouse was not asked.`,
      };
}
