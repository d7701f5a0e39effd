import { ConsumerHealth } from './WaveTarget';
import { RolloutEvent } from './RolloutEvent';

/**
 * What is on record about one target's way to people and after, kept with the target so that
 * it changes with its state or not at all. Times are epoch milliseconds.
 */
export interface RolloutFacts {
  /** Since when it is tried anew; what was before counts no more. */
  since?: number;
  /** Its pull request is known to have been opened. */
  publishedAt?: number;
  mergedAt?: number;
  /** All checks of the pull request together, and the same on its base. */
  checks?: {
    at: number;
    result: 'passed' | 'failed';
    onBase: 'passed' | 'failed' | 'unknown';
    /** Names of those that fail, sorted and not all of very many. */
    failing: string[];
  };
  closed?: { at: number; asWrong: boolean };
  publishingFailedAt?: number;
  rolledBackAt?: number;
  /** A run of the consumer after the merge that failed and had succeeded before. */
  runFailedAt?: number;
  /** The last run of the consumer after the merge that succeeded. */
  runSucceededAt?: number;
  health?: ConsumerHealth;
  /** Checks that failed on the base branch before the merge: not ours. */
  baseFailing?: string[];
}

/** The facts as events, for `errorRate`. */
export function eventsOf(target: string, facts: RolloutFacts): RolloutEvent[] {
  const events: RolloutEvent[] = [];
  const { checks, closed } = facts;
  if (checks) {
    const { at, result, onBase } = checks;
    events.push({ target, at, kind: 'checks', result, onBase });
  }
  if (closed) {
    const { at, asWrong } = closed;
    events.push({ target, at, kind: 'closed', asWrong });
  }
  if (facts.mergedAt !== undefined) {
    events.push({ target, at: facts.mergedAt, kind: 'merged' });
  }
  if (facts.publishingFailedAt !== undefined) {
    const at = facts.publishingFailedAt;
    events.push({ target, at, kind: 'publishing-failed' });
  }
  if (facts.rolledBackAt !== undefined) {
    events.push({ target, at: facts.rolledBackAt, kind: 'rolled-back' });
  }
  if (facts.runFailedAt !== undefined) {
    const at = facts.runFailedAt;
    const before = 'succeeded';
    events.push({ target, at, kind: 'run', result: 'failed', before });
  }
  if (facts.runSucceededAt !== undefined) {
    const at = facts.runSucceededAt;
    const before = 'unknown';
    events.push({ target, at, kind: 'run', result: 'succeeded', before });
  }
  return events;
}
