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
import { Verifier, VerifierContext, VerifierResult } from './Verifier';

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

export interface VerifyOptions {
  signal: AbortSignal;
  log(line: string): void;
  /** Instead of all. */
  verifiers?: readonly Verifier[];
}

/** What every verifier says of the whole change. */
export async function verifyChange(
  context: VerifierContext,
  options: VerifyOptions,
): Promise<Evidence[]> {
  const results = await verifyFiles(context, options);
  return results.map(({ evidence }) => evidence);
}

/**
 * Runs every verifier, and keeps what each says of single files. One that breaks down
 * is inconclusive and stops no other.
 */
export async function verifyFiles(
  context: VerifierContext,
  options: VerifyOptions,
): Promise<VerifierResult[]> {
  const results: VerifierResult[] = [];
  for (const verifier of options.verifiers ?? VERIFIERS) {
    options.signal.throwIfAborted();
    let result: VerifierResult;
    try {
      result = await verifier.verify(context);
    } catch (error) {
      options.signal.throwIfAborted();
      if (error instanceof StaleAttemptError) {
        throw error;
      }
      result = {
        evidence: evidenceOf(verifier, context, {
          verdict: 'inconclusive',
          reason: 'VERIFIER_BROKE',
          summary: `The verifier broke down: ${
            error instanceof Error ? error.message : String(error)
          }`.slice(0, 2000),
        }),
      };
    }
    const { evidence } = result;
    options.log(
      `${evidence.verifier}: ${evidence.verdict}${
        evidence.reason ? ` (${evidence.reason})` : ''
      } ${evidence.summary}`,
    );
    results.push(result);
  }
  return results;
}
