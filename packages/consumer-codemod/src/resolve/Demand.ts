/** Offsets of the name by which a reader asks for a column. */
export interface Reader {
  start: number;
  end: number;
}

/**
 * Which output columns of a query are read. A star passes a demand on to the query
 * behind it, so that columns count only once somebody names them, or once they
 * reach the output.
 */
export class Demand {
  #all = false;
  readonly #names = new Map<string, Reader[]>();
  readonly #sources = new Set<Demand>();

  static ofAll(): Demand {
    const demand = new Demand();
    demand.needAll();
    return demand;
  }

  /** Every column counts: the query's rows are taken as a whole, or by position. */
  get all(): boolean {
    return this.#all;
  }

  /** Lower case names, with who reads them. */
  get names(): ReadonlyMap<string, readonly Reader[]> {
    return this.#names;
  }

  needAll(): void {
    if (!this.#all) {
      this.#all = true;
      for (const source of this.#sources) {
        source.needAll();
      }
    }
  }

  need(name: string, reader: Reader): void {
    const key = name.toLowerCase();
    const known = this.#names.get(key) ?? [];
    if (known.some(({ start }) => start === reader.start)) {
      return;
    }
    this.#names.set(key, [...known, reader]);
    for (const source of this.#sources) {
      source.need(key, reader);
    }
  }

  /** A star of this query passes on the columns of `source`. */
  passesOn(source: Demand): void {
    if (this.#sources.has(source)) {
      return;
    }
    this.#sources.add(source);
    if (this.#all) {
      source.needAll();
    }
    for (const [name, readers] of this.#names) {
      for (const reader of readers) {
        source.need(name, reader);
      }
    }
  }
}
