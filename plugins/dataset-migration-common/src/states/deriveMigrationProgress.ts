import {
  MIGRATION_OUTCOMES,
  MigrationOutcome,
  MigrationState,
} from './migrationStates';
import { TargetOutcome, TargetState } from './targetStates';

/** How many targets are where; what is absent counts as zero. */
export interface MigrationCounts {
  state: MigrationState;
  outcome?: MigrationOutcome;
  /** Targets by state, `ended` included. */
  targets: Partial<Record<TargetState, number>>;
  /** Ended targets by outcome. */
  outcomes: Partial<Record<TargetOutcome, number>>;
  /** Open wave, counted from 1, of how many. */
  wave?: { current: number; total: number };
}

export type MigrationPhase =
  | 'draft'
  | 'discovering'
  | 'simulating'
  | 'reviewing'
  | 'rolling-out'
  | 'waiting-for-people'
  | 'paused'
  | 'halted'
  | 'rolling-back'
  | 'ended';

export interface MigrationProgress {
  phase: MigrationPhase;
  /** What the portal shows: `simulating 210 of 240`. */
  sentence: string;
  total: number;
  /** Past simulation, whatever came of it. */
  simulated: number;
  /** Approved or further, and not ended otherwise. */
  approved: number;
  /** With an open pull request. */
  open: number;
  merged: number;
  /** `migrated` or `not-affected`. */
  through: number;
  ended: number;
}

/** Derives what people are told about a migration from its targets. */
export function deriveMigrationProgress(
  counts: MigrationCounts,
): MigrationProgress {
  const at = (state: TargetState) => counts.targets[state] ?? 0;
  const ended = at('ended');
  const before = at('unresolved') + at('pending') + at('simulating');
  const rollout = at('approved') + at('publishing') + at('open') + at('merged');
  const total = before + at('simulated') + rollout + at('reverting') + ended;
  const migrated = counts.outcomes.migrated ?? 0;
  const numbers = {
    total,
    simulated: total - before,
    approved: rollout + migrated,
    open: at('open'),
    merged: at('merged') + migrated,
    through: migrated + (counts.outcomes['not-affected'] ?? 0),
    ended,
  };
  return { ...phaseOf(counts, at, numbers), ...numbers };
}

function phaseOf(
  counts: MigrationCounts,
  at: (state: TargetState) => number,
  numbers: Omit<MigrationProgress, 'phase' | 'sentence'>,
): Pick<MigrationProgress, 'phase' | 'sentence'> {
  const { total, simulated, ended } = numbers;
  switch (counts.state) {
    case 'draft':
      return { phase: 'draft', sentence: 'draft' };
    case 'paused':
      return {
        phase: 'paused',
        sentence: `paused, ${ended} of ${total} ended`,
      };
    case 'halted':
      return {
        phase: 'halted',
        sentence: `halted, ${ended} of ${total} ended`,
      };
    case 'rolling-back':
      return {
        phase: 'rolling-back',
        sentence: `rolling back, ${ended} of ${total} ended`,
      };
    case 'ended':
      return {
        phase: 'ended',
        sentence: counts.outcome ? MIGRATION_OUTCOMES[counts.outcome] : 'ended',
      };
    default:
      break;
  }
  if (total === 0) {
    return { phase: 'discovering', sentence: 'looking for consumers' };
  }
  if (at('pending') + at('simulating') > 0) {
    return {
      phase: 'simulating',
      sentence: `simulating ${simulated} of ${total}`,
    };
  }
  if (at('publishing') + at('open') + at('merged') + at('reverting') > 0) {
    const wave = counts.wave
      ? `wave ${counts.wave.current} of ${counts.wave.total}, `
      : '';
    return {
      phase: 'rolling-out',
      sentence: `${wave}${numbers.merged} of ${total} merged`,
    };
  }
  if (at('simulated') + at('approved') > 0) {
    return {
      phase: 'reviewing',
      sentence: `${numbers.approved} of ${total} approved`,
    };
  }
  return { phase: 'waiting-for-people', sentence: 'waiting for people' };
}
