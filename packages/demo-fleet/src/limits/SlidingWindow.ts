/** Counts events of the last `windowMs`, exactly: the documented secondary limits have no fixed start. */
export class SlidingWindow {
  readonly #events: { at: number; weight: number }[] = [];
  readonly #windowMs: number;
  #sum = 0;

  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  add(now: number, weight = 1): void {
    this.#events.push({ at: now, weight });
    this.#sum += weight;
  }

  sum(now: number): number {
    while (
      this.#events.length > 0 &&
      this.#events[0].at <= now - this.#windowMs
    ) {
      this.#sum -= this.#events.shift()?.weight ?? 0;
    }
    return this.#sum;
  }

  /** Milliseconds until at least `weight` fits under `limit` again. */
  waitFor(now: number, weight: number, limit: number): number {
    let excess = this.sum(now) + weight - limit;
    for (const event of this.#events) {
      if (excess <= 0) {
        break;
      }
      excess -= event.weight;
      if (excess <= 0) {
        return event.at + this.#windowMs - now;
      }
    }
    return excess > 0 ? this.#windowMs : 0;
  }
}
