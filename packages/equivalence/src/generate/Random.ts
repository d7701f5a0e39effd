/**
 * Reproducible random numbers: a Lehmer generator (Park and Miller's constant
 * 48271 modulo 2^31 - 1), whose products stay exact in a double. Never for
 * secrets.
 */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = (Math.abs(Math.trunc(seed)) % 2147483646) + 1;
    // Small seeds differ little in their first draws.
    for (let index = 0; index < 8; index++) this.next();
  }

  /** In [0, 1). */
  next(): number {
    this.#state = (this.#state * 48271) % 2147483647;
    return (this.#state - 1) / 2147483646;
  }

  /** An integer from `low` to `high`, both included. */
  integer(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.next() * items.length)];
  }

  shuffle<T>(items: readonly T[]): T[] {
    const result = [...items];
    for (let index = result.length - 1; index > 0; index--) {
      const other = this.integer(0, index);
      [result[index], result[other]] = [result[other], result[index]];
    }
    return result;
  }
}
