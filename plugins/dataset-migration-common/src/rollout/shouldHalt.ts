import { ErrorRate } from './errorRate';
import { ROLLOUT_ERRORS, RolloutErrorKind } from './RolloutEvent';
import { HaltRule } from './RolloutRules';

/** Whether the breaker trips, with the numbers behind it. */
export interface HaltDecision extends ErrorRate {
  halt: boolean;
  why: 'over-threshold' | 'under-threshold' | 'too-few-results' | 'no-breaker';
  /** `halt.errorRate` of the plan, 0 to 1; absent without a breaker. */
  threshold?: number;
  /** Known results that were needed: `halt.atLeast`, capped at the wave's size. */
  needed: number;
}

/**
 * Trips when more than the threshold of the known results are errors, and there
 * are enough of them. Exactly the threshold does not trip.
 *
 * @param rule - absent where the plan has no `halt`
 */
export function shouldHalt(rate: ErrorRate, rule?: HaltRule): HaltDecision {
  if (!rule) {
    return { ...rate, halt: false, why: 'no-breaker', needed: 0 };
  }
  const needed = Math.max(1, Math.min(rule.atLeast, rate.size));
  const numbers = { ...rate, threshold: rule.errorRate, needed };
  if (rate.known < needed) {
    return { ...numbers, halt: false, why: 'too-few-results' };
  }
  // In targets, less a hair: a binary fraction must not trip at the threshold itself.
  const over = rate.errors > rule.errorRate * rate.known + 1e-9;
  return {
    ...numbers,
    halt: over,
    why: over ? 'over-threshold' : 'under-threshold',
  };
}

/** `3 of 12 results are errors (25%, halts over 10%): 2 rolled back; 1 could not be published`. */
export function describeHalt(decision: HaltDecision): string {
  const { errors, known, needed, rate, threshold } = decision;
  if (threshold === undefined) {
    return 'the plan has no breaker';
  }
  const kinds = Object.entries(decision.kinds)
    .map(([kind, n]) => `${n} ${ROLLOUT_ERRORS[kind as RolloutErrorKind]}`)
    .join('; ');
  if (decision.why === 'too-few-results') {
    return `${known} of the ${needed} results that are needed, ${errors} of them errors`;
  }
  const numbers = `${errors} of ${known} results are errors (${percent(
    rate,
  )}, halts over ${percent(threshold)})`;
  return kinds ? `${numbers}: ${kinds}` : numbers;
}

function percent(fraction: number): string {
  return `${Math.round(fraction * 1000) / 10}%`;
}
