import { ConflictError } from '@backstage/errors';

/**
 * An event that the current state does not take. It keeps the name `ConflictError`,
 * from which the portal derives the answer 409.
 */
export class IllegalTransitionError extends ConflictError {
  readonly machine: string;
  readonly state: string;
  readonly event: string;

  constructor(options: {
    machine: string;
    state: string;
    event: string;
    refusal?: string;
  }) {
    super(
      options.refusal ??
        `A ${options.machine} that is ${options.state} cannot take the event ${options.event}`,
    );
    this.machine = options.machine;
    this.state = options.state;
    this.event = options.event;
  }
}
