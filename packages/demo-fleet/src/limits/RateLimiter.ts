import type { ForgeLimitOptions } from './ForgeLimits';
import { SlidingWindow } from './SlidingWindow';

/** Numbers of one primary window, as `x-ratelimit-*` and `GET /rate_limit` show them. */
export interface RateLimitState {
  readonly resource: 'core' | 'search' | 'code_search';
  readonly limit: number;
  readonly used: number;
  readonly remaining: number;
  /** Unix time in seconds. */
  readonly reset: number;
}

/** Why a request may not go on. */
export interface RateLimitRefusal {
  readonly kind: 'primary' | 'secondary';
  readonly reason: string;
  /** Seconds, at least 1. */
  readonly retryAfter: number;
}

interface FixedWindow {
  start: number;
  used: number;
}

interface Identity {
  readonly core: FixedWindow;
  readonly search: FixedWindow;
  readonly contentMinute: SlidingWindow;
  readonly contentHour: SlidingWindow;
  readonly points: SlidingWindow;
  lastWrite: number;
  concurrent: number;
  blockedUntil: number;
}

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);
const CREATES = new Set(['POST', 'PUT', 'PATCH']);

/** GitHub's primary and secondary limits for each identity. */
export class RateLimiter {
  readonly #options: ForgeLimitOptions;
  readonly #now: () => number;
  readonly #identities = new Map<string, Identity>();

  /** @param now - UTC epoch milliseconds; a simulated night has a clock of its own */
  constructor(options: ForgeLimitOptions, now: () => number = Date.now) {
    this.#options = options;
    this.#now = now;
  }

  /** Counts a request and says whether it may go on. A refused request counts as well. */
  enter(
    identity: string,
    request: { method: string; search: boolean; anonymous: boolean },
    now = this.#now(),
  ): RateLimitRefusal | undefined {
    const state = this.#identity(identity);
    state.concurrent += 1;
    const window = request.search ? state.search : state.core;
    this.#roll(window, request.search, now);
    const limit = this.#limit(request.search, request.anonymous);
    if (window.used >= limit) {
      const end = window.start + this.#length(request.search);
      return this.#refusal('primary', 'requests', end - now);
    }
    window.used += 1;
    return this.#secondary(state, request.method, now);
  }

  leave(identity: string): void {
    this.#identity(identity).concurrent -= 1;
  }

  /** A `304 Not Modified` with a token is free of the primary limit. */
  refund(identity: string, search: boolean): void {
    const state = this.#identity(identity);
    const window = search ? state.search : state.core;
    window.used = Math.max(0, window.used - 1);
  }

  state(
    identity: string,
    search: boolean,
    anonymous: boolean,
    now = this.#now(),
  ): RateLimitState {
    const window = search
      ? this.#identity(identity).search
      : this.#identity(identity).core;
    this.#roll(window, search, now);
    const limit = this.#limit(search, anonymous);
    return {
      resource: search ? 'code_search' : 'core',
      limit,
      used: window.used,
      remaining: Math.max(0, limit - window.used),
      reset: Math.ceil((window.start + this.#length(search)) / 1000),
    };
  }

  #secondary(
    state: Identity,
    method: string,
    now: number,
  ): RateLimitRefusal | undefined {
    const options = this.#options;
    if (now < state.blockedUntil) {
      return this.#refusal(
        'secondary',
        'retry-after',
        state.blockedUntil - now,
      );
    }
    if (state.concurrent > options.concurrent) {
      return this.#block(state, 'concurrent', now, 1000);
    }
    const points = READS.has(method) ? 1 : 5;
    if (state.points.sum(now) + points > options.pointsPerMinute) {
      const wait = state.points.waitFor(now, points, options.pointsPerMinute);
      return this.#block(state, 'points', now, wait);
    }
    state.points.add(now, points);
    if (!CREATES.has(method)) {
      return undefined;
    }
    if (now - state.lastWrite < options.minWriteIntervalMs) {
      const wait = options.minWriteIntervalMs - (now - state.lastWrite);
      return this.#refusal('secondary', 'write-interval', wait);
    }
    for (const [window, limit, reason] of [
      [
        state.contentMinute,
        options.secondaryContentPerMinute,
        'content-minute',
      ],
      [state.contentHour, options.secondaryContentPerHour, 'content-hour'],
    ] as const) {
      if (window.sum(now) >= limit) {
        // Creating content is refused until then, reading is not.
        return this.#refusal(
          'secondary',
          reason,
          window.waitFor(now, 1, limit),
        );
      }
    }
    state.lastWrite = now;
    state.contentMinute.add(now);
    state.contentHour.add(now);
    return undefined;
  }

  #block(
    state: Identity,
    reason: string,
    now: number,
    wait: number,
  ): RateLimitRefusal {
    state.blockedUntil = now + wait;
    return this.#refusal('secondary', reason, wait);
  }

  #refusal(
    kind: RateLimitRefusal['kind'],
    reason: string,
    waitMs: number,
  ): RateLimitRefusal {
    return { kind, reason, retryAfter: Math.max(1, Math.ceil(waitMs / 1000)) };
  }

  #limit(search: boolean, anonymous: boolean): number {
    if (search) {
      return this.#options.searchPerMinute;
    }
    return anonymous
      ? this.#options.anonymousPerHour
      : this.#options.primaryPerHour;
  }

  #length(search: boolean): number {
    return search ? this.#options.minuteMs : this.#options.hourMs;
  }

  #roll(window: FixedWindow, search: boolean, now: number): void {
    if (now >= window.start + this.#length(search)) {
      window.start = now;
      window.used = 0;
    }
  }

  #identity(name: string): Identity {
    const { minuteMs, hourMs } = this.#options;
    const known = this.#identities.get(name);
    if (known) {
      return known;
    }
    const created: Identity = {
      core: { start: 0, used: 0 },
      search: { start: 0, used: 0 },
      contentMinute: new SlidingWindow(minuteMs),
      contentHour: new SlidingWindow(hourMs),
      points: new SlidingWindow(minuteMs),
      lastWrite: 0,
      concurrent: 0,
      blockedUntil: 0,
    };
    this.#identities.set(name, created);
    return created;
  }
}
