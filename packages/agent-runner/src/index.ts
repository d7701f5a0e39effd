export { main } from './cli/main';
export { EXIT_CODES } from './cli/exitCodes';
export { executeRun } from './run/executeRun';
export type { ExecuteOptions } from './run/executeRun';
export { highestRung } from './verify/highestRung';
export { verifyChange, VERIFIERS } from './verify/verifyChange';
export type {
  VerifiedFile,
  Verifier,
  VerifierContext,
} from './verify/Verifier';
