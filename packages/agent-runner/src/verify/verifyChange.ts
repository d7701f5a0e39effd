import { Evidence } from 'backstage-plugin-dataset-migration-common';
import { StaleAttemptError } from '../run/StaleAttemptError';
import { CompilesVerifier } from './CompilesVerifier';
import { EquivalenceVerifier } from './EquivalenceVerifier';
import { evidenceOf } from './evidenceOf';
import { ParsesVerifier } from './ParsesVerifier';
import { ResolvesVerifier } from './ResolvesVerifier';
import { SampleVerifier } from './SampleVerifier';
import { ScopeVerifier } from './ScopeVerifier';
import { TestsVerifier } from './TestsVerifier';
import { Verifier, VerifierContext } from './Verifier';

/** In the order in which they run and are shown. */
export const VERIFIERS: readonly Verifier[] = [
  new ScopeVerifier(),
  new ParsesVerifier(),
  new ResolvesVerifier(),
  new CompilesVerifier(),
  new EquivalenceVerifier(),
  new SampleVerifier(),
  new TestsVerifier(),
];

/** Runs every verifier. One that breaks down is inconclusive and stops no other. */
export async function verifyChange(
  context: VerifierContext,
  options: {
    signal: AbortSignal;
    log(line: string): void;
    verifiers?: readonly Verifier[];
  },
): Promise<Evidence[]> {
  const evidence: Evidence[] = [];
  for (const verifier of options.verifiers ?? VERIFIERS) {
    options.signal.throwIfAborted();
    let result: Evidence;
    try {
      result = await verifier.verify(context);
    } catch (error) {
      options.signal.throwIfAborted();
      if (error instanceof StaleAttemptError) {
        throw error;
      }
      result = evidenceOf(verifier, context, {
        verdict: 'inconclusive',
        reason: 'VERIFIER_BROKE',
        summary: `The verifier broke down: ${
          error instanceof Error ? error.message : String(error)
        }`.slice(0, 2000),
      });
    }
    options.log(
      `${result.verifier}: ${result.verdict}${
        result.reason ? ` (${result.reason})` : ''
      } ${result.summary}`,
    );
    evidence.push(result);
  }
  return evidence;
}
