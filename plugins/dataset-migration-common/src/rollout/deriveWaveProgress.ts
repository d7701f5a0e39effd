import { countOf } from './fractions';
import { ProceedRule } from './RolloutRules';
import { WaveProgress, WaveWait } from './WaveProgress';
import { countsInWave, isMerged, waitsForUs, WaveTarget } from './WaveTarget';

export interface WaveProgressOptions {
  /** All targets of the wave. */
  targets: WaveTarget[];
  /** When the wave opened, epoch milliseconds; absent before. */
  openedAt?: number;
  proceed: ProceedRule;
  /** Milliseconds for which the wave stays healthy before the next one opens. */
  soak: number;
  /** Epoch milliseconds. */
  now: number;
}

/**
 * Where a wave stands (`proceed` and `soak` of `plan-format.md`).
 *
 * It counts as through as soon as the share of its targets is merged, or when
 * `after` has passed since it opened, at least one is merged (of none nothing
 * could be learned) and none waits for us: owners who do not merge hold nobody
 * up, our own backlog does. The soak counts from there, or from a later
 * recovery; merges of stragglers do not start it again, an unhealthy one stops it.
 */
export function deriveWaveProgress(options: WaveProgressOptions): WaveProgress {
  const counted = options.targets.filter(countsInWave);
  const merged = counted.filter(isMerged);
  const needed = Math.max(
    Math.min(1, counted.length),
    countOf(options.proceed.merged, counted.length),
  );
  const through = throughOf(options, counted, merged, needed);
  const waitsFor = through
    ? waitAfterThrough(options, merged, through)
    : waitBeforeThrough(options, counted, merged.length, needed);
  return {
    counted: counted.length,
    merged: merged.length,
    needed,
    stragglers: counted
      .filter(each => each.state === 'open')
      .map(each => each.id),
    health: healthOf(merged),
    ...(through ? { through } : {}),
    ...(waitsFor ? { waitsFor } : {}),
  };
}

function throughOf(
  options: WaveProgressOptions,
  counted: WaveTarget[],
  merged: WaveTarget[],
  needed: number,
): WaveProgress['through'] {
  const { openedAt, now, proceed } = options;
  if (openedAt === undefined) {
    return undefined;
  }
  if (counted.length === 0) {
    return { at: openedAt, by: 'nothing-to-merge' };
  }
  // A clock that is behind the forge's must not hold up what is merged.
  const merges = merged
    .map(each => Math.min(now, each.mergedAt ?? now))
    .sort((a, b) => a - b);
  const share =
    merges.length < needed ? undefined : Math.max(openedAt, merges[needed - 1]);
  const time =
    proceed.after === undefined ||
    merges.length === 0 ||
    counted.some(waitsForUs)
      ? Infinity
      : Math.max(openedAt + proceed.after, merges[0]);
  if (share !== undefined && share <= time) {
    return { at: share, by: 'merged' };
  }
  return time <= now ? { at: time, by: 'time' } : undefined;
}

function waitBeforeThrough(
  options: WaveProgressOptions,
  counted: WaveTarget[],
  merged: number,
  needed: number,
): WaveWait {
  const { openedAt, now, proceed } = options;
  if (openedAt === undefined) {
    return { for: 'opening' };
  }
  const until =
    proceed.after === undefined ? undefined : openedAt + proceed.after;
  if (until === undefined || until > now) {
    return {
      for: 'merges',
      missing: needed - merged,
      ...(until === undefined ? {} : { until }),
    };
  }
  if (merged === 0) {
    return { for: 'merges', missing: 1 };
  }
  const ours = counted.filter(waitsForUs).map(each => each.id);
  return { for: 'publishing', targets: ours };
}

function waitAfterThrough(
  options: WaveProgressOptions,
  merged: WaveTarget[],
  through: NonNullable<WaveProgress['through']>,
): WaveWait | undefined {
  const idsOf = (which: (target: WaveTarget) => boolean) =>
    merged.filter(which).map(each => each.id);
  const unhealthy = idsOf(each => each.health?.status === 'unhealthy');
  if (unhealthy.length > 0) {
    return { for: 'health', targets: unhealthy };
  }
  const failed = idsOf(each => checksOf(each) === 'failed');
  const pending = idsOf(each => checksOf(each) === 'pending');
  if (failed.length + pending.length > 0) {
    return { for: 'base-checks', failed, pending };
  }
  if (through.by === 'nothing-to-merge') {
    return undefined;
  }
  const recoveries = merged.flatMap(each => each.health?.recoveredAt ?? []);
  const since = recoveries.reduce((a, b) => Math.max(a, b), through.at);
  const until = since + options.soak;
  return until > options.now ? { for: 'soak', until } : undefined;
}

/** The base branch's checks, where they stand for a health that is not known. */
function checksOf(target: WaveTarget) {
  const status = target.health?.status ?? 'unknown';
  return status === 'unknown' ? target.health?.baseChecks : undefined;
}

function healthOf(merged: WaveTarget[]): WaveProgress['health'] {
  const all = merged.map(each => each.health?.status ?? 'unknown');
  if (all.includes('unhealthy')) {
    return 'unhealthy';
  }
  return all.length === 0 || all.includes('unknown') ? 'unknown' : 'healthy';
}
