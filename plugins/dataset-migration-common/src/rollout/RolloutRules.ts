import { InputError } from '@backstage/errors';
import { parseDuration } from '../plan/parseDuration';
import {
  OnHalt,
  PlanRollout,
  PlanWave,
  PlanWindow,
  RolloutOrderKey,
} from '../plan/MigrationPlan';
import { parseFraction } from './fractions';

/** When a wave counts as through. */
export interface ProceedRule {
  /** Fraction of the wave's targets, 0 to 1. */
  merged: number;
  /** Milliseconds after the wave opened; absent: only the share counts. */
  after?: number;
}

/** When the breaker trips. */
export interface HaltRule {
  /** Fraction, 0 to 1; a rate over it halts. */
  errorRate: number;
  /** Least number of known results, before it is capped at the wave's size. */
  atLeast: number;
}

/** The same with numbers for text, and with what holds where the plan says nothing. */
export interface RolloutRules {
  order: readonly RolloutOrderKey[];
  /** Empty where the plan has none. */
  waves: PlanWave[];
  proceed: ProceedRule;
  /** Milliseconds. */
  soak: number;
  /** Absent: no breaker. */
  halt?: HaltRule;
  onHalt: OnHalt;
  /** Empty: at any time. */
  windows: PlanWindow[];
}

/**
 * Reads durations and percentages of `spec.rollout`. Without `proceed.merged`
 * all of a wave must be merged, without `soak` nothing is waited for, and a
 * halt without `onHalt` pauses, which takes nothing back unasked.
 *
 * @throws InputError where a percentage or duration is none
 */
export function readRolloutRules(rollout: PlanRollout = {}): RolloutRules {
  const { proceed, soak, halt } = rollout;
  return {
    order: rollout.order ?? ['criticality', 'lineage'],
    waves: rollout.waves ?? [],
    proceed: {
      merged: fraction('proceed.merged', proceed?.merged ?? '100%'),
      ...(proceed?.after === undefined
        ? {}
        : { after: duration('proceed.after', proceed.after) }),
    },
    soak: soak === undefined ? 0 : duration('soak', soak),
    ...(halt
      ? {
          halt: {
            errorRate: fraction('halt.errorRate', halt.errorRate),
            atLeast: halt.atLeast ?? 1,
          },
        }
      : {}),
    onHalt: rollout.onHalt ?? 'pause',
    windows: rollout.windows ?? [],
  };
}

function fraction(key: string, text: string): number {
  const value = parseFraction(text);
  if (value === undefined) {
    throw new InputError(`rollout.${key} is no percentage: ${text}`);
  }
  return value;
}

function duration(key: string, text: string): number {
  const value = parseDuration(text);
  if (value === undefined) {
    throw new InputError(`rollout.${key} is no duration: ${text}`);
  }
  return value;
}
