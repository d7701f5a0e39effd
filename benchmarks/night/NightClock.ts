import { setTimeout } from 'node:timers/promises';
import type { Clock } from '../../plugins/dataset-migration-backend/src/domain/Clock';

/** How often a sleeper looks at the clock, in real milliseconds. */
const LOOK_EVERY_MS = 5;

/**
 * A clock that never stands still and never goes back: it runs slowly while there is work under
 * way, so that the machine's own speed hardly counts, and fast through the hours of waiting.
 */
export class NightClock implements Clock {
  readonly #speeds: { working: number; waiting: number };
  #speed: number;
  #working = 0;
  /** Where both clocks were when the speed was set last. */
  #since: { real: number; night: number };

  constructor(speeds: { working: number; waiting: number }) {
    this.#speeds = speeds;
    this.#speed = speeds.waiting;
    this.#since = { real: performance.now(), night: Date.now() };
  }

  readonly now = (): number => {
    const { real, night } = this.#since;
    return Math.floor(night + (performance.now() - real) * this.#speed);
  };

  readonly sleep = async (
    milliseconds: number,
    signal?: AbortSignal,
  ): Promise<void> => {
    const until = this.now() + milliseconds;
    while (this.now() < until) {
      signal?.throwIfAborted();
      await setTimeout(LOOK_EVERY_MS);
    }
    signal?.throwIfAborted();
  };

  /** While any work is under way the clock runs slowly. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#work(1);
    try {
      return await work();
    } finally {
      this.#work(-1);
    }
  }

  #work(change: number): void {
    this.#since = { real: performance.now(), night: this.now() };
    this.#working += change;
    const { working, waiting } = this.#speeds;
    this.#speed = this.#working > 0 ? working : waiting;
  }
}
