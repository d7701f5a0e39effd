import { PlanWave } from '../plan/MigrationPlan';
import { MigrationState } from '../states/migrationStates';
import { deriveWaveProgress } from './deriveWaveProgress';
import { describeSpan, describeWait } from './describeWait';
import { errorRate } from './errorRate';
import { eventsOf, RolloutFacts } from './RolloutFacts';
import { RolloutRules } from './RolloutRules';
import { NextWait, NextWave, RolloutStatus, WaveStatus } from './RolloutStatus';
import { shouldHalt } from './shouldHalt';
import { WaveTarget } from './WaveTarget';

/** A target in its wave, with what is on record about it. */
export interface RolledOutTarget
  extends Pick<WaveTarget, 'id' | 'state' | 'outcome' | 'blocked'> {
  wave: number;
  facts?: RolloutFacts;
}

/** A wave that was opened; times are epoch milliseconds. */
export interface OpenedWave {
  wave: number;
  openedAt: number;
  openedBy: string;
  reason?: string;
}

export interface RolloutOptions {
  migrationState: MigrationState;
  targets: RolledOutTarget[];
  rules: RolloutRules;
  /** The waves in force, as `recutWaves` gives them. */
  waves: PlanWave[];
  proposed: boolean;
  opened: OpenedWave[];
  /** When people last decided to go on after a halt. */
  decidedAt?: number;
  /** When the first of the next wave's targets may be published; `now` or before where they may. */
  windowAt?: number;
  now: number;
}

/** Where every wave stands, whether the next may open, and whether the breaker trips. */
export function deriveRollout(options: RolloutOptions): RolloutStatus {
  const byWave = new Map<number, RolledOutTarget[]>();
  for (const target of options.targets) {
    const those = byWave.get(target.wave) ?? [];
    those.push(target);
    byWave.set(target.wave, those);
  }
  const openWave = Math.max(0, ...options.opened.map(each => each.wave));
  const count = Math.max(options.waves.length, openWave);
  const waves = Array.from({ length: count }, (_, index) =>
    statusOf(index + 1, byWave.get(index + 1) ?? [], options),
  );
  const next = nextOf(options, waves, openWave);
  const tripped = waves.find(each => each.openedAt && each.errors.halt);
  return {
    proposed: options.proposed,
    waves,
    ...(next && { next }),
    ...(tripped && { tripped }),
  };
}

function statusOf(
  wave: number,
  targets: RolledOutTarget[],
  options: RolloutOptions,
): WaveStatus {
  const { rules, now, decidedAt } = options;
  const opened = options.opened.find(each => each.wave === wave);
  const inWave = targets.map(target => ({
    ...target,
    since: target.facts?.since,
    published: target.facts?.publishedAt !== undefined,
    mergedAt: target.facts?.mergedAt,
    health: target.facts?.health,
  }));
  const progress = deriveWaveProgress({
    targets: inWave,
    openedAt: opened?.openedAt,
    proceed: rules.proceed,
    soak: rules.soak,
    now,
  });
  const rate = errorRate({
    targets: inWave,
    events: targets.flatMap(each => eventsOf(each.id, each.facts ?? {})),
    decidedAt,
  });
  const name = options.waves[wave - 1]?.name;
  return {
    wave,
    ...(name !== undefined && { name }),
    state: stateOf(opened !== undefined, progress),
    targets: targets.length,
    ...(opened && { openedAt: opened.openedAt, openedBy: opened.openedBy }),
    ...(opened?.reason !== undefined && { reason: opened.reason }),
    progress,
    errors: shouldHalt(rate, rules.halt),
  };
}

function stateOf(
  open: boolean,
  progress: WaveStatus['progress'],
): WaveStatus['state'] {
  if (!open) {
    return 'waiting';
  }
  if (!progress.through) {
    return 'open';
  }
  return progress.waitsFor ? 'soaking' : 'through';
}

function nextOf(
  options: RolloutOptions,
  waves: WaveStatus[],
  openWave: number,
): NextWave | undefined {
  const { now, windowAt, migrationState } = options;
  const wave = openWave + 1;
  if (wave > waves.length) {
    return undefined;
  }
  const waitsFor = waitOf();
  const opensAt = timeOf(waitsFor);
  return {
    wave,
    ready: waitsFor === undefined,
    ...(opensAt !== undefined && { opensAt }),
    ...(waitsFor && { waitsFor }),
    message: describeNext(waitsFor, now),
  };

  function waitOf(): NextWait | undefined {
    if (migrationState !== 'active') {
      return { for: 'migration', state: migrationState };
    }
    if (openWave === 0) {
      return { for: 'start' };
    }
    const before = waves[openWave - 1].progress.waitsFor;
    if (before) {
      return before;
    }
    return windowAt !== undefined && windowAt > now
      ? { for: 'window', until: windowAt }
      : undefined;
  }

  function timeOf(wait: NextWait | undefined): number | undefined {
    if (!wait) {
      return now;
    }
    if (wait.for === 'soak' || wait.for === 'window') {
      return Math.max(wait.until, windowAt ?? 0);
    }
    return undefined;
  }
}

/** What the portal says about the next wave. */
function describeNext(wait: NextWait | undefined, now: number): string {
  switch (wait?.for) {
    case 'start':
      return 'opens when somebody publishes';
    case 'migration':
      return `stays closed while the migration is ${wait.state}`;
    case 'window':
      return `next opens in ${describeSpan(
        wait.until - now,
      )}, when the window opens`;
    default:
      return describeWait(wait, now);
  }
}
