/** A binary heap: what is added comes out least first, in O(log n) each. */
export class LeastFirst<T> {
  readonly #items: T[] = [];
  readonly #compare: (a: T, b: T) => number;

  constructor(compare: (a: T, b: T) => number) {
    this.#compare = compare;
  }

  add(item: T): void {
    const items = this.#items;
    let index = items.push(item) - 1;
    while (index > 0) {
      const parent = Math.floor((index - 1) / 2);
      if (this.#compare(items[parent], item) <= 0) {
        break;
      }
      items[index] = items[parent];
      index = parent;
    }
    items[index] = item;
  }

  /** Removes and returns the least item; undefined when nothing is left. */
  take(): T | undefined {
    const items = this.#items;
    const least = items[0];
    const last = items.pop();
    if (last === undefined || items.length === 0) {
      return least;
    }
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= items.length) {
        break;
      }
      if (
        child + 1 < items.length &&
        this.#compare(items[child + 1], items[child]) < 0
      ) {
        child += 1;
      }
      if (this.#compare(last, items[child]) <= 0) {
        break;
      }
      items[index] = items[child];
      index = child;
    }
    items[index] = last;
    return least;
  }
}
