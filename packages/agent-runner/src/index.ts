export { main } from './cli/main';
export { runCommandLine } from './commandLine/runCommandLine';
export * from './commandLine/CommandDocument';
export { EXIT_CODES } from './cli/exitCodes';
export { executeRun } from './run/executeRun';
export type { ExecuteOptions } from './run/executeRun';
export { highestRung } from './verify/highestRung';
export { verifyChange, verifyFiles, VERIFIERS } from './verify/verifyChange';
export type {
  VerifiedFile,
  Verifier,
  VerifiedJob,
  VerifierContext,
  VerifierResult,
} from './verify/Verifier';
