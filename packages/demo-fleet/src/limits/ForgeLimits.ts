/** Limits that the forge enforces; the defaults are GitHub's documented figures. */
export interface ForgeLimitOptions {
  /** Requests an hour for one token. */
  readonly primaryPerHour: number;
  /** Requests an hour without a token. */
  readonly anonymousPerHour: number;
  /** Content-creating requests (POST, PUT, PATCH) a minute for one identity. */
  readonly secondaryContentPerMinute: number;
  /** Content-creating requests an hour for one identity. */
  readonly secondaryContentPerHour: number;
  /** Points a minute for one identity: a read is 1, a write 5. */
  readonly pointsPerMinute: number;
  /** Requests under way at once for one identity. */
  readonly concurrent: number;
  /** Code searches a minute. */
  readonly searchPerMinute: number;
  /** Least time between two writes; 0 asks for none, because GitHub recommends it but does not state a penalty. */
  readonly minWriteIntervalMs: number;
  /** Length of a "minute"; shortened where a test or a tour must see a window pass. */
  readonly minuteMs: number;
  /** Length of an "hour". */
  readonly hourMs: number;
}

export const GITHUB_LIMITS: ForgeLimitOptions = {
  primaryPerHour: 5_000,
  anonymousPerHour: 60,
  secondaryContentPerMinute: 80,
  secondaryContentPerHour: 500,
  pointsPerMinute: 900,
  concurrent: 100,
  searchPerMinute: 10,
  minWriteIntervalMs: 0,
  minuteMs: 60_000,
  hourMs: 3_600_000,
};
