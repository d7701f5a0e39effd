import { CustomErrorBase } from '@backstage/errors';

/** The base branch moved, the files under the change did not: verify again, then publish. */
export class BaseMovedError extends CustomErrorBase {
  name = 'BaseMovedError' as const;
  /** The commit on which the change was verified last. */
  readonly verified: string;
  /** Where the base branch is now. */
  readonly head: string;

  constructor(verified: string, head: string) {
    super(
      `The base branch moved from ${verified.slice(0, 12)} to ${head.slice(
        0,
        12,
      )}, the files under the change did not.`,
    );
    this.verified = verified;
    this.head = head;
  }
}
