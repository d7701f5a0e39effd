import { CustomErrorBase } from '@backstage/errors';
import { FailureSignature } from '../reasons';

/** Why a run ends with outcome `failed`, with the signature that groups it. */
export class RunFailure extends CustomErrorBase {
  name = 'RunFailure' as const;

  constructor(
    /** Stable identifier, such as `SOURCE_INVALID`. */
    readonly signature: FailureSignature,
    message: string,
    readonly retryable: boolean,
    cause?: unknown,
  ) {
    super(message, cause);
  }
}
