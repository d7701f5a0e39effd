import { ForgeLimits, HOUR, MINUTE } from './ForgeLimits';

/**
 * When the last of `count` content-creating requests can be made, if nothing else asks: each takes
 * the earliest time that the minute, the hour and the spacing allow. UTC epoch milliseconds.
 *
 * @param recent - ends of those of the last hour, ascending
 * @param from - not before
 */
export function forecastContent(
  recent: number[],
  count: number,
  limits: Pick<
    ForgeLimits,
    'contentPerMinute' | 'contentPerHour' | 'spacingMs'
  >,
  from: number,
): number {
  const times = [...recent];
  let at = from;
  for (let made = 0; made < count; made += 1) {
    at = Math.max(
      at,
      turn(times, 1) + limits.spacingMs,
      turn(times, limits.contentPerMinute) + MINUTE,
      turn(times, limits.contentPerHour) + HOUR,
    );
    times.push(at);
  }
  return at;
}

function turn(times: number[], before: number): number {
  return times[times.length - before] ?? -Infinity;
}
