import { EquivalenceCase } from 'backstage-plugin-dataset-migration-common';

/** Every reason that a proof, or a look at a sample, gives for a verdict (`docs/reasons.md`). */
export const PROOF_REASONS = [
  'DIFFERENT_RESULT',
  'NEW_QUERY_DOES_NOT_BIND',
  'STILL_READS_OLD_DATASET',
  'EMPTY_RESULT',
  'NONDETERMINISTIC',
  'WEAK_EVIDENCE',
  'NOT_RUNNABLE',
  'DATASET_NOT_READ',
  'TIMEOUT',
  'MEMORY_LIMIT',
  'PROVER_CRASHED',
  'FIELD_NEEDS_JUDGEMENT',
  'NO_QUERIES',
  'SAMPLE_INCOMPLETE',
  'SAMPLE_NOT_READ',
  'MAPPING_DIFFERS',
  'SAMPLES_HAVE_OTHER_ROWS',
  'SAMPLES_DO_NOT_MEET',
] as const;
export type ProofReason = (typeof PROOF_REASONS)[number];

/** A compared query whose reason is one of these. */
export interface ProofCase extends EquivalenceCase {
  reason?: ProofReason;
}
