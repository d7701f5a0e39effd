import {
  TargetBlocked,
  TargetOutcome,
  TargetState,
} from '../states/targetStates';

/** A target of one wave, with what happened after it was published. Times are epoch milliseconds. */
export interface WaveTarget {
  id: string;
  state: TargetState;
  outcome?: TargetOutcome;
  blocked?: TargetBlocked;
  /** True once its pull request is known to have been opened, whatever came of it. */
  published: boolean;
  /** From the forge. Without it a merged target does not count as merged. */
  mergedAt?: number;
  /** After the merge; absent is `unknown`. */
  health?: ConsumerHealth;
}

/** How a consumer fares after the merge. */
export interface ConsumerHealth {
  /** From its run events; `unknown` without a health source or before the first run. */
  status: 'healthy' | 'unhealthy' | 'unknown';
  /** When it, or the base branch's checks, last went from failing to fine after the merge. */
  recoveredAt?: number;
  /** Checks of the base branch since the merge; looked at while the status is `unknown`. */
  baseChecks?: 'passed' | 'failed' | 'pending' | 'none';
  /** When the base branch's checks were read last. */
  lookedAt?: number;
}

/**
 * Whether a target belongs to what its wave is measured by: it may still be
 * published, or was. One that ended before (not affected, skipped, handed over,
 * failed in simulation) has nothing to merge.
 */
export function countsInWave(
  target: Pick<WaveTarget, 'state' | 'published'>,
): boolean {
  return target.state !== 'ended' || target.published;
}

/** Whether its change is in the base branch, and was not taken back. */
export function isMerged(target: WaveTarget): boolean {
  return (
    target.mergedAt !== undefined &&
    (target.state === 'merged' ||
      (target.state === 'ended' && target.outcome === 'migrated'))
  );
}

/** Whether we have to publish it, not people to decide on it: no straggler. */
export function waitsForUs(target: WaveTarget): boolean {
  return (
    target.state === 'publishing' ||
    (target.state === 'approved' && target.blocked !== 'upstream')
  );
}
