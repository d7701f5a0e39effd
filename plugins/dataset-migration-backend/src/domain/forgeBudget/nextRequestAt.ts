import { ForgeCost } from './ForgeCost';
import { ForgeLimits, HOUR, MINUTE } from './ForgeLimits';
import { ForgeStanding } from './ForgeStanding';

/**
 * What an identity has asked lately. A request that has ended counts from its end: when it
 * reached the forge is not known better, and counting from an earlier time could be too fast.
 */
export interface ForgeUsage {
  standing: ForgeStanding;
  inFlight: number;
  contentInFlight: boolean;
  searchInFlight: boolean;
  /** Points of the last minute, those under way included. */
  points: number;
  /** End of the oldest request that these points count. */
  oldestPointsAt?: number;
  /** End of the latest content-creating request. */
  lastContentAt?: number;
  /** End of the content-creating request that is the `contentPerMinute`-th before the next one. */
  minuteTurnAt?: number;
  /** The same for `contentPerHour`. */
  hourTurnAt?: number;
  /** The same for `searchesPerMinute`. */
  searchTurnAt?: number;
}

/** How long to wait for what is under way before asking again. */
const LOOK_AGAIN_MS = 100;

/**
 * Earliest time at which a request may be made; `now` where that is at once, and else the time to
 * ask again, which may turn out to be too early still.
 *
 * @param now - UTC epoch milliseconds
 */
export function nextRequestAt(
  usage: ForgeUsage,
  cost: ForgeCost,
  limits: ForgeLimits,
  now: number,
): number {
  const { standing } = usage;
  const times = [now, standing.blockedUntil ?? now];
  const { remaining, perHour = 0, resetAt } = standing;
  if (remaining !== undefined && resetAt !== undefined && resetAt > now) {
    const left = remaining - usage.inFlight;
    if (left <= perHour * limits.reserve) times.push(resetAt);
  }
  if (usage.inFlight >= limits.concurrent) times.push(now + LOOK_AGAIN_MS);
  if (usage.points + cost.points > limits.pointsPerMinute) {
    times.push(
      Math.max(now + LOOK_AGAIN_MS, (usage.oldestPointsAt ?? now) + MINUTE),
    );
  }
  if (cost.content) times.push(...contentTimes(usage, limits, now));
  if (cost.search) {
    if (usage.searchInFlight) times.push(now + LOOK_AGAIN_MS);
    if (usage.searchTurnAt !== undefined) {
      times.push(usage.searchTurnAt + MINUTE);
    }
  }
  return Math.max(...times);
}

/** GitHub asks for one after the other, a second apart. */
function contentTimes(
  usage: ForgeUsage,
  limits: ForgeLimits,
  now: number,
): number[] {
  const times: number[] = [];
  if (usage.contentInFlight) times.push(now + LOOK_AGAIN_MS);
  const { lastContentAt, minuteTurnAt, hourTurnAt } = usage;
  if (lastContentAt !== undefined) times.push(lastContentAt + limits.spacingMs);
  if (minuteTurnAt !== undefined) times.push(minuteTurnAt + MINUTE);
  if (hourTurnAt !== undefined) times.push(hourTurnAt + HOUR);
  return times;
}
