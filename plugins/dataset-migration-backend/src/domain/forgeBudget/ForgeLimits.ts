/** What one identity may ask of the forge, all replicas together. */
export interface ForgeLimits {
  /** Content-creating requests (POST, PUT, PATCH and DELETE) in any minute. */
  contentPerMinute: number;
  /** The same in any hour. */
  contentPerHour: number;
  /** Points in any minute: a read is 1, a write 5. */
  pointsPerMinute: number;
  /** Code searches in any minute. */
  searchesPerMinute: number;
  /** Requests under way at once. */
  concurrent: number;
  /** Least milliseconds from the end of one content-creating request to the next. */
  spacingMs: number;
  /** Share of the hourly requests that is left to people who use the same identity, 0 to 1. */
  reserve: number;
}

/**
 * GitHub's documented figures for one identity; ten code searches a minute are allowed, and nine
 * leave room for a clock that runs differently.
 *
 * @see https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api
 * @see https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api
 */
export const GITHUB_LIMITS: ForgeLimits = {
  contentPerMinute: 80,
  contentPerHour: 500,
  pointsPerMinute: 900,
  searchesPerMinute: 9,
  concurrent: 100,
  spacingMs: 1_000,
  reserve: 0.1,
};

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
