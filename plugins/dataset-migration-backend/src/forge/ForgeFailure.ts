/** What stands between us and the forge, as values that people and queues can act on. */
export type ForgeFailureSignature =
  /** Deleted, renamed away, or not visible with our credentials. */
  | 'REPOSITORY_GONE'
  /** Read-only for everybody. */
  | 'REPOSITORY_ARCHIVED'
  /** Our credentials may not do this, or a branch is protected. */
  | 'NO_PERMISSION'
  /** Refused at the door. */
  | 'BAD_CREDENTIALS'
  /** No entry for this host in `integrations.github`. */
  | 'NO_INTEGRATION'
  /** The forge said that we are too fast. */
  | 'RATE_LIMITED'
  /** Our own budget for the forge is used up. */
  | 'FORGE_BUDGET'
  /** No answer, or an error of its own. */
  | 'FORGE_DOWN'
  /** Understood and refused for another reason. */
  | 'FORGE_REFUSED';

export interface ForgeFailure {
  signature: ForgeFailureSignature;
  /** One sentence for people. */
  message: string;
  retryable: boolean;
  /** Epoch milliseconds; not before then. */
  retryAt?: number;
}

/** Thrown by everything that talks to the forge; `failure` says what to do about it. */
export class ForgeError extends Error {
  readonly name = 'ForgeError';
  readonly failure: ForgeFailure;

  constructor(failure: ForgeFailure, cause?: unknown) {
    super(failure.message, { cause });
    this.failure = failure;
  }
}

export function isForgeError(error: unknown): error is ForgeError {
  return error instanceof Error && error.name === 'ForgeError';
}
