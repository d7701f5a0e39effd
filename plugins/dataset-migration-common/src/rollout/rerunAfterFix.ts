import { TargetOutcome, TargetState } from '../states/targetStates';
import { compareIds } from './compareIds';

/** A target with its last failure. */
export interface FailedTarget {
  id: string;
  state: TargetState;
  outcome?: TargetOutcome;
  /** Of the failure, as the run's result gives it; absent where it did not fail. */
  signature?: string;
}

export interface Rerun {
  id: string;
  /** The event of the target's state machine that starts it. */
  event: 'retry' | 'simulate';
}

export interface RerunPlan {
  /** Sorted by id. */
  rerun: Rerun[];
  /** Failed alike, but not to be run again here: in progress, open, or a person's decision. Sorted. */
  left: string[];
  /** How many failed otherwise, by their signature. */
  others: Record<string, number>;
}

/** Ended by a failure or its consequence; `skipped` and `cancelled` are a person's word. */
const RETRIED: ReadonlyArray<TargetOutcome | undefined> = [
  'failed',
  'handed-over',
  'closed',
  'rolled-back',
];

/**
 * Which targets run again when a halted migration resumes after a fix: only
 * those that failed with one of the signatures that were fixed.
 *
 * @param signatures - the ones that the fix is for
 */
export function rerunAfterFix(
  targets: FailedTarget[],
  signatures: Iterable<string>,
): RerunPlan {
  const fixed = new Set(signatures);
  const rerun: Rerun[] = [];
  const left: string[] = [];
  const others = new Map<string, number>();
  for (const { id, state, outcome, signature } of targets) {
    if (signature === undefined) {
      continue;
    }
    if (!fixed.has(signature)) {
      others.set(signature, (others.get(signature) ?? 0) + 1);
    } else if (state === 'ended' && RETRIED.includes(outcome)) {
      rerun.push({ id, event: 'retry' });
    } else if (state === 'pending' || state === 'simulated') {
      rerun.push({ id, event: 'simulate' });
    } else {
      left.push(id);
    }
  }
  return {
    rerun: rerun.sort((a, b) => compareIds(a.id, b.id)),
    left: left.sort(compareIds),
    // Signatures come from runs: `__proto__` must be a key like any other.
    others: Object.fromEntries(others),
  };
}
