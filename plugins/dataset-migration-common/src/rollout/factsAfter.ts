import {
  TargetEvent,
  TargetPosition,
  TargetState,
} from '../states/targetStates';
import { RolloutFacts } from './RolloutFacts';

/** A step that a target has taken. */
export interface TargetStep {
  /** Where it was. */
  from: TargetState;
  event: TargetEvent;
  /** Where it is now. */
  to: TargetPosition;
  /** Epoch milliseconds. */
  at: number;
}

/** What a step of a target's state machine adds to what is on record about it. */
export function factsAfter(
  facts: RolloutFacts | undefined,
  step: TargetStep,
): RolloutFacts | undefined {
  const { from, event, to, at } = step;
  if (event === 'retry') {
    return { since: at };
  }
  if (from === 'publishing' && to.state === 'open') {
    return { ...facts, publishedAt: at };
  }
  if (from === 'publishing' && event === 'failed') {
    return { ...facts, publishingFailedAt: at };
  }
  if (event === 'merged') {
    // The forge knows better when that was, where it says so.
    return { ...facts, mergedAt: facts?.mergedAt ?? at };
  }
  if (event === 'rescan-found' && facts) {
    // Made again: the next pull request is merged at another time.
    const { mergedAt, health, ...rest } = facts;
    return rest;
  }
  if (event === 'closed-by-people') {
    const closed = { asWrong: false, ...facts?.closed, at };
    return { ...facts, closed };
  }
  // Cancelled ones were not taken back because they hurt.
  if (
    event === 'roll-back' &&
    from !== 'reverting' &&
    to.state === 'reverting'
  ) {
    return { ...facts, rolledBackAt: at };
  }
  return facts;
}
