import { DateTime, Duration } from 'luxon';

/** `3 minutes ago`; the exact time is for the hover. */
export function relativeTime(at: number, now: number = Date.now()): string {
  const base = DateTime.fromMillis(now);
  const time = DateTime.fromMillis(at);
  if (Math.abs(now - at) < 10_000) {
    return 'just now';
  }
  return time.toRelative({ base }) ?? exactTime(at);
}

/** Date and time in the reader's zone. */
export function exactTime(at: number): string {
  return DateTime.fromMillis(at).toLocaleString(
    DateTime.DATETIME_MED_WITH_SECONDS,
  );
}

/** `1 m 20 s`, `350 ms`. */
export function duration(milliseconds: number): string {
  if (milliseconds < 1_000) {
    return `${Math.max(0, Math.round(milliseconds))} ms`;
  }
  const parts = Duration.fromMillis(milliseconds)
    .shiftTo('hours', 'minutes', 'seconds')
    .toObject();
  const text = [
    parts.hours ? `${parts.hours} h` : '',
    parts.minutes ? `${parts.minutes} m` : '',
    parts.hours ? '' : `${Math.round(parts.seconds ?? 0)} s`,
  ];
  return text.filter(Boolean).join(' ');
}

/** `due 31 Mar 2027, 131 days`, from an ISO date; undefined when it is none. */
export function dueText(
  deadline: string,
  now: number = Date.now(),
): { text: string; late: boolean } | undefined {
  const date = DateTime.fromISO(deadline);
  if (!date.isValid) {
    return undefined;
  }
  const days = Math.round(
    date.startOf('day').diff(DateTime.fromMillis(now).startOf('day'), 'days')
      .days,
  );
  const day = date.toFormat('d LLL yyyy');
  if (days === 0) {
    return { text: `due ${day}, today`, late: false };
  }
  const count = `${Math.abs(days)} ${Math.abs(days) === 1 ? 'day' : 'days'}`;
  return days > 0
    ? { text: `due ${day}, ${count} left`, late: false }
    : { text: `due ${day}, ${count} late`, late: true };
}
