/** Offsets of the name by which a reader asks for a column. */
export interface Reader {
  start: number;
  end: number;
}

/** What a star takes columns from; without `columns` they are not known. */
export interface StarSource {
  demand: Demand;
  columns?: string[];
}

/** The source that has the column, else the first that may have it. */
export function likelySource(
  sources: readonly StarSource[],
  name: string,
): StarSource | undefined {
  return (
    sources.find(({ columns }) => columns?.includes(name)) ??
    sources.find(({ columns }) => !columns)
  );
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

  readonly #guesses = new Map<string, Reader[]>();
  readonly #stars: Array<{
    sources: StarSource[];
    /** Output names that the select gives itself. */
    explicit: ReadonlySet<string | undefined>;
  }> = [];

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

  /** Each name once, at the table that it most likely belongs to. */
  get guesses(): ReadonlyMap<string, readonly Reader[]> {
    return this.#guesses;
  }

  /** Notes a name that most likely is this query's, to know more of undeclared tables. */
  guess(name: string, reader: Reader): void {
    const key = name.toLowerCase();
    const known = this.#guesses.get(key) ?? [];
    if (known.some(({ start }) => start === reader.start)) {
      return;
    }
    this.#guesses.set(key, [...known, reader]);
    for (const { sources, explicit } of this.#stars) {
      if (!explicit.has(key)) {
        likelySource(sources, key)?.demand.guess(key, reader);
      }
    }
  }

  /** A star puts out the columns of these, in the order of `FROM`. */
  guessesFrom(
    sources: StarSource[],
    explicit: ReadonlySet<string | undefined>,
  ): void {
    this.#stars.push({ sources, explicit });
    for (const [name, readers] of this.#guesses) {
      if (explicit.has(name)) {
        continue;
      }
      for (const reader of readers) {
        likelySource(sources, name)?.demand.guess(name, reader);
      }
    }
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
