import { Verdict } from 'backstage-plugin-dataset-migration-common';
import { ProofReason } from '../reasons';

/** Thrown when a statement's proof ends early, with what to report. */
export class ProofStopped extends Error {
  name = 'ProofStopped';

  constructor(
    readonly verdict: Exclude<Verdict, 'passed'>,
    readonly reason: ProofReason,
    message: string,
  ) {
    super(message);
  }
}
