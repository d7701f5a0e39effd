import { Evidence } from 'backstage-plugin-dataset-migration-common';

/** Verdict of the equivalence verifier; undefined where it did not look. */
export function proofOf(evidence: Evidence[]): string | undefined {
  return evidence.find(each => each.rung === 'equivalent')?.verdict;
}
