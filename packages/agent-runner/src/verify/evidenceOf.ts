import { Evidence, Verdict } from 'backstage-plugin-dataset-migration-common';
import { Verifier, VerifierContext, VerifierResult } from './Verifier';
import { EvidenceReason } from '../reasons';

/** A verdict without who gave it. */
export interface VerdictOf {
  verdict: Verdict;
  /** Always set unless `passed`. */
  reason?: EvidenceReason;
  summary: string;
}

/** Worst first. A file that was not looked at says less than one that passed. */
const SEVERITY: Verdict[] = ['failed', 'inconclusive', 'not-run', 'passed'];

/** Evidence of a verifier about every file of the change. */
export function evidenceOf(
  verifier: Pick<Verifier, 'id' | 'rung'>,
  context: Pick<VerifierContext, 'changes'>,
  result: VerdictOf,
): Evidence & VerdictOf {
  return {
    verifier: verifier.id,
    ...(verifier.rung && { rung: verifier.rung }),
    ...result,
    paths: context.changes.map(({ path }) => path),
  };
}

/** Evidence of a verifier about one file. */
export function fileEvidence(
  verifier: Pick<Verifier, 'id' | 'rung'>,
  path: string,
  result: VerdictOf,
): Evidence & VerdictOf {
  return evidenceOf(verifier, { changes: [{ path }] }, result);
}

/**
 * The verdict on a change whose files were looked at one by one: as good as its worst
 * file, or `whenAll` where all passed.
 */
export function worstOf(
  verifier: Pick<Verifier, 'id' | 'rung'>,
  context: Pick<VerifierContext, 'changes'>,
  files: Evidence[],
  whenAll: VerdictOf,
): VerifierResult {
  const worst = SEVERITY.flatMap(verdict =>
    files.filter(each => each.verdict === verdict),
  )[0];
  if (!worst || worst.verdict === 'passed') {
    return { evidence: evidenceOf(verifier, context, whenAll), files };
  }
  const { verdict, reason, summary } = worst;
  return {
    evidence: {
      ...evidenceOf(verifier, context, { verdict, summary }),
      ...(reason !== undefined && { reason }),
    },
    files,
  };
}
