import { isError } from '@backstage/errors';

/** Why an attempt ended without a result. */
export interface RunFailure {
  /** Stable signature for grouping. */
  signature: string;
  message: string;
  retryable: boolean;
  /** UTC epoch milliseconds before which trying again is useless. */
  retryAt?: number;
}

/** Nobody's fault: what was under way is tried again when the backend is back. */
export const BACKEND_STOPPED: RunFailure = {
  signature: 'BACKEND_STOPPED',
  message: 'The backend stopped while it was at work.',
  retryable: true,
};

const MAX_MESSAGE = 2_000;

/** Errors that say the same however often one asks. */
const FINAL_ERRORS = new Set([
  'InputError',
  'NotFoundError',
  'NotAllowedError',
  'ConflictError',
  'NotImplementedError',
  'BaseChangedError',
  'BaseMovedError',
  'EditedByPeopleError',
]);

/**
 * Reads a failure from what was thrown. An error that carries a `failure` of its own, as those of
 * forges do, is believed.
 */
export function toRunFailure(error: unknown): RunFailure {
  if (!isError(error)) {
    return {
      signature: 'UNKNOWN',
      message: String(error).slice(0, MAX_MESSAGE),
      retryable: true,
    };
  }
  const own = 'failure' in error ? error.failure : undefined;
  if (isFailure(own)) {
    return { ...own, message: own.message.slice(0, MAX_MESSAGE) };
  }
  return {
    signature: error.name,
    message: error.message.slice(0, MAX_MESSAGE),
    retryable: !FINAL_ERRORS.has(error.name),
  };
}

function isFailure(value: unknown): value is RunFailure {
  return (
    typeof value === 'object' &&
    value !== null &&
    'signature' in value &&
    typeof value.signature === 'string' &&
    'message' in value &&
    typeof value.message === 'string' &&
    'retryable' in value &&
    typeof value.retryable === 'boolean'
  );
}
