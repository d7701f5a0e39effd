import { InputError } from '@backstage/errors';
import { LocalClock } from './LocalClock';
import { parseWindow } from './parseWindow';
import { PlanWindow } from '../plan/MigrationPlan';

export interface OpeningOptions {
  /** `rollout.windows` of the plan; empty: always open. */
  windows: PlanWindow[];
  /** IANA time zone of the target's owner, for `timezone: owner`; UTC where nobody knows it. */
  ownerTimezone?: string;
  /** Epoch milliseconds. */
  now: number;
}

/** When pull requests may be opened. Times are epoch milliseconds. */
export interface Opening {
  open: boolean;
  /** `now` while open, else when the next window opens. */
  at: number;
  /** When it closes again, over windows that touch; absent where it does not within two weeks. */
  until?: number;
  /** True where a window is the owner's and the owner's time zone is not known. */
  ownerTimezoneUnknown: boolean;
}

/** Two weeks: one occurrence of a weekly window may fall into a skipped hour. */
const DAYS_AHEAD = 15;
const DAY = 86_400_000;

/**
 * Whether a window is open now, and when the next one opens or this one closes.
 * From and to are wall clock times, so a window may last an hour more or less on
 * the day the clock changes.
 *
 * @throws InputError where a window or time zone is none
 */
export function nextOpening(options: OpeningOptions): Opening {
  const { windows, ownerTimezone, now } = options;
  const ownerTimezoneUnknown =
    ownerTimezone === undefined &&
    windows.some(window => window.timezone === 'owner');
  if (windows.length === 0) {
    return { open: true, at: now, ownerTimezoneUnknown };
  }
  const spans = windows
    .flatMap(window => {
      const zone =
        window.timezone === 'owner' ? ownerTimezone : window.timezone;
      return spansOf(window, zone ?? 'UTC', now);
    })
    .filter(span => span.end > now)
    .sort((a, b) => a.start - b.start);
  let { start, end } = spans[0] ?? { start: Infinity, end: Infinity };
  for (const span of spans) {
    if (span.start <= end) {
      end = Math.max(end, span.end);
    }
  }
  start = Math.max(start, now);
  const forever = end > now + (DAYS_AHEAD - 1) * DAY;
  return {
    open: start <= now,
    at: start,
    ...(forever ? {} : { until: end }),
    ownerTimezoneUnknown,
  };
}

/** Every time that the window is open, from yesterday (it may reach over midnight) on. */
function spansOf(window: PlanWindow, timezone: string, now: number) {
  const parsed = parseWindow(window);
  if (typeof parsed === 'string') {
    throw new InputError(parsed);
  }
  const clock = new LocalClock(timezone);
  const today = clock.dayAt(now);
  const spans: Array<{ start: number; end: number }> = [];
  for (let ahead = -1; ahead <= DAYS_AHEAD; ahead += 1) {
    const day = { ...today, day: today.day + ahead };
    const weekday = new Date(
      Date.UTC(day.year, day.month - 1, day.day),
    ).getUTCDay();
    if (parsed.days.has(weekday)) {
      const start = clock.timeOf(day, parsed.from);
      const end = clock.timeOf(day, parsed.to);
      if (end > start) {
        spans.push({ start, end });
      }
    }
  }
  return spans;
}
