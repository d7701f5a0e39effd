import { ProofReason } from 'dataset-migration-equivalence';

/** Why a verifier did not pass a change, beside what proofs say (`docs/reasons.md`). */
export const EVIDENCE_REASONS = [
  'SCOPE_PATCH_TOO_LARGE',
  'SCOPE_PATH_UNSAFE',
  'SCOPE_PROTECTED_FILE',
  'SCOPE_OTHER_TARGET',
  'SCOPE_NOT_A_PLAIN_FILE',
  'SCOPE_MODE_CHANGED',
  'PARSE_FAILED',
  'PARSER_LIMIT',
  'OLD_READ_LEFT',
  'NOT_APPLICABLE',
  'NOT_BOUND',
  'NO_SANDBOX',
  'NO_CONNECTION',
  'CONNECTION_NOT_GIVEN',
  'SYNTAX_ERROR',
  'COMPILES_NEITHER',
  'DBT_REFERENCE_UNRESOLVED',
  'DBT_REFERENCE_ELSEWHERE',
  'DBT_DECLARED_TWICE',
  'EDITED_FILE_NOT_SQL',
  'EDITED_TEMPLATE',
  'EDITED_STATEMENTS_DIFFER',
  'FILE_ADDED_OR_DELETED',
  'VERIFIER_BROKE',
] as const;
export type EvidenceReason = (typeof EVIDENCE_REASONS)[number] | ProofReason;

/** Why a file, or a whole repository, was not looked at. */
export const SKIPPED_REASONS = [
  'REPOSITORY_EMPTY',
  'PATH_UNSAFE',
  'SYMLINK_SKIPPED',
  'SUBMODULE_SKIPPED',
  'LFS_POINTER',
  'FILE_TOO_LARGE',
  'FILE_NOT_READABLE',
] as const;
export type SkippedReason = (typeof SKIPPED_REASONS)[number];

/** Why a run failed; `GIT_…_FAILED` names a command of git. */
export const FAILURE_SIGNATURES = [
  'SOURCE_UNAVAILABLE',
  'SOURCE_INVALID',
  'SOURCE_TOO_LARGE',
  'TOO_MANY_FILES',
  'PATCH_DOES_NOT_APPLY',
  'AGENT_LEFT_SCOPE',
  'RUN_TIMEOUT',
  'REPORT_REFUSED',
] as const;
export type FailureSignature =
  | (typeof FAILURE_SIGNATURES)[number]
  | `GIT_${string}_FAILED`;
