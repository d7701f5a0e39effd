import { compareIds } from './compareIds';
import {
  classifyEvent,
  ROLLOUT_ERRORS,
  RolloutErrorKind,
  RolloutEvent,
} from './RolloutEvent';
import { countsInWave, WaveTarget } from './WaveTarget';

export interface RatedTarget
  extends Pick<WaveTarget, 'id' | 'state' | 'published'> {
  /** Epoch milliseconds; events before it belong to an earlier attempt and do not count. */
  since?: number;
}

export interface ErrorRateOptions {
  /** All targets of the wave. */
  targets: RatedTarget[];
  /** In any order; those of other targets do not count. */
  events: RolloutEvent[];
  /**
   * When people last decided to go on after a halt, epoch milliseconds. Errors up
   * to then are on record: their targets count again by what happens later.
   */
  decidedAt?: number;
}

/** How much of a wave went wrong, in targets. */
export interface ErrorRate {
  /** Targets with at least one error. */
  errors: number;
  /** Published targets with a known result, errors included: the denominator. */
  known: number;
  /** Targets of the wave that have a result or may still get one. */
  size: number;
  /** `errors / known`, 0 to 1; 0 where nothing is known. */
  rate: number;
  /** Targets by error; a target with two errors is in both. */
  kinds: Partial<Record<RolloutErrorKind, number>>;
  /** Ids of the targets with errors, sorted. */
  failed: string[];
}

const ERROR_KINDS = Object.keys(ROLLOUT_ERRORS) as RolloutErrorKind[];

/**
 * The error rate of one wave. The denominator is its published targets with a
 * known result; one whose publishing failed for good counts in it too, or the
 * rate could exceed 1. Of checks the last ones count (they are run again on the
 * same commit); a failed run counts even if a later one succeeds.
 */
export function errorRate(options: ErrorRateOptions): ErrorRate {
  const events = new Map<string, RolloutEvent[]>();
  for (const event of options.events) {
    const those = events.get(event.target) ?? [];
    those.push(event);
    events.set(event.target, those);
  }
  const kinds: ErrorRate['kinds'] = {};
  const failed: string[] = [];
  let known = 0;
  let size = 0;
  for (const target of options.targets) {
    const recent = (events.get(target.id) ?? []).filter(
      event => event.at >= (target.since ?? -Infinity),
    );
    const notPublished = recent.some(each => each.kind === 'publishing-failed');
    if (!countsInWave(target) && !notPublished) {
      continue;
    }
    size += 1;
    if (!target.published && !notPublished) {
      continue;
    }
    const said = resultsOf(recent, options.decidedAt ?? -Infinity);
    known += said.size > 0 ? 1 : 0;
    const errors = ERROR_KINDS.filter(kind => said.has(kind));
    for (const kind of errors) {
      kinds[kind] = (kinds[kind] ?? 0) + 1;
    }
    if (errors.length > 0) {
      failed.push(target.id);
    }
  }
  return {
    errors: failed.length,
    known,
    size,
    rate: known === 0 ? 0 : failed.length / known,
    kinds,
    failed: failed.sort(compareIds),
  };
}

function resultsOf(
  events: RolloutEvent[],
  decidedAt: number,
): Set<RolloutErrorKind | 'fine'> {
  const lastChecks = events
    .filter(each => each.kind === 'checks')
    .reduce((last, each) => Math.max(last, each.at), -Infinity);
  const standing = events.flatMap(event => {
    const outdated = event.kind === 'checks' && event.at < lastChecks;
    const result = outdated ? undefined : classifyEvent(event);
    return result === undefined ? [] : [{ at: event.at, result }];
  });
  const decided = standing.some(
    each => each.result !== 'fine' && each.at <= decidedAt,
  );
  return new Set(
    standing
      .filter(each => !decided || each.at > decidedAt)
      .map(each => each.result),
  );
}
