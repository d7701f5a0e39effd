/** Content-creating requests that we allow ourselves with one host. */
export interface ForgeBudgetLimits {
  perMinute: number;
  perHour: number;
  /** Least milliseconds between two of them. */
  spacingMs: number;
}

/** GitHub's documented figures for one identity. */
export const DEFAULT_FORGE_BUDGET: ForgeBudgetLimits = {
  perMinute: 80,
  perHour: 500,
  spacingMs: 1_000,
};

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/**
 * Remembers when requests were made and says when the next one may be. It keeps the times
 * themselves and not a rate: a bucket that refills lets nearly twice its size through in one
 * window. Pure but for its memory: time is an argument.
 */
export class ForgeBudget {
  readonly #limits: ForgeBudgetLimits;
  /** Ascending; may lie in the future for requests that wait. */
  readonly #granted: number[] = [];

  constructor(limits: Partial<ForgeBudgetLimits> = {}) {
    this.#limits = { ...DEFAULT_FORGE_BUDGET, ...limits };
  }

  /** Earliest time, in epoch milliseconds, at which a request may be made. */
  next(now: number): number {
    const { perMinute, perHour, spacingMs } = this.#limits;
    return Math.max(
      now,
      this.#after(1, spacingMs),
      this.#after(perMinute, MINUTE),
      this.#after(perHour, HOUR),
    );
  }

  /** Takes that time for one request and returns it. */
  take(now: number): number {
    const at = this.next(now);
    this.#granted.push(at);
    const old =
      this.#granted.length -
      Math.max(this.#limits.perHour, this.#limits.perMinute, 1);
    if (old > 0) this.#granted.splice(0, old);
    return at;
  }

  #after(count: number, windowMs: number): number {
    const at = this.#granted[this.#granted.length - count];
    return at === undefined ? 0 : at + windowMs;
  }
}
