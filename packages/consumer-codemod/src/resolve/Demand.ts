/** What becomes of a column where it is read. */
export interface Sink {
  /** The columns of the query that reads it. */
  into?: Demand;
  /** The output column that it goes into. */
  output?: string;
  as: 'unchanged' | 'expression' | 'filter';
}

/** One name by which a reader asks for a column. */
export interface Reader {
  /** Offsets of the name; negative where it has no place of its own. */
  start: number;
  end: number;
  sink?: Sink;
  /** The name can be no other table's. */
  certain?: boolean;
  /** Names of the queries on the way from the asked one to the reader. */
  via?: readonly string[];
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

/** More readers than this of one name tell nothing new. */
const MAX_READERS = 100;

/**
 * Which output columns of a query are read. A star passes a demand on to the query
 * behind it, so that columns count only once somebody names them, or once they
 * reach the output.
 */
export class Demand {
  #all = false;
  readonly #names = new Map<string, Reader[]>();
  readonly #sources = new Map<Demand, { via?: string; sole: boolean }>();
  readonly #guesses = new Map<string, Reader[]>();
  readonly #stars: Array<{
    sources: StarSource[];
    /** Output names that the select gives itself. */
    explicit: ReadonlySet<string | undefined>;
  }> = [];
  readonly #passedTo = new Set<Demand>();

  /**
   * @param role - `output`: the statement's own output; `nested`: a query inside an expression
   * @param outer - the set operation that this query is an operand of
   */
  constructor(
    readonly role: 'query' | 'output' | 'nested' = 'query',
    readonly outer?: Demand,
  ) {}

  static ofAll(
    role: 'query' | 'output' | 'nested' = 'query',
    outer?: Demand,
  ): Demand {
    const demand = new Demand(role, outer);
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

  /** The queries that take these columns in by a star. */
  get passedTo(): ReadonlySet<Demand> {
    return this.#passedTo;
  }

  needAll(): void {
    if (!this.#all) {
      this.#all = true;
      for (const source of this.#sources.keys()) {
        source.needAll();
      }
    }
  }

  need(name: string, reader: Reader): void {
    const key = name.toLowerCase();
    if (add(this.#names, key, reader)) {
      for (const [source, how] of this.#sources) {
        source.need(key, behind(reader, how));
      }
    }
  }

  /**
   * A star of this query passes on the columns of `source`, which it knows as `via`.
   * It is the `sole` one if no other star could bring a name along.
   */
  passesOn(source: Demand, via?: string, sole = false): void {
    if (this.#sources.has(source)) {
      return;
    }
    const how = { sole, ...(via && { via }) };
    this.#sources.set(source, how);
    source.#passedTo.add(this);
    if (this.#all) {
      source.needAll();
    }
    for (const [name, readers] of this.#names) {
      for (const reader of readers) {
        source.need(name, behind(reader, how));
      }
    }
  }

  /** Notes a name that most likely is this query's, to know more of undeclared tables. */
  guess(name: string, reader: Reader): void {
    const key = name.toLowerCase();
    if (!add(this.#guesses, key, reader)) {
      return;
    }
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
      for (const reader of explicit.has(name) ? [] : readers) {
        likelySource(sources, name)?.demand.guess(name, reader);
      }
    }
  }
}

function behind(
  reader: Reader,
  { via, sole }: { via?: string; sole: boolean },
): Reader {
  const { certain, ...rest } = reader;
  return {
    ...rest,
    ...(certain && sole && { certain }),
    ...(via && { via: [via, ...(reader.via ?? [])] }),
  };
}

function add(
  names: Map<string, Reader[]>,
  key: string,
  reader: Reader,
): boolean {
  const known = names.get(key) ?? [];
  if (
    known.length >= MAX_READERS ||
    known.some(({ start }) => start === reader.start)
  ) {
    return false;
  }
  names.set(key, [...known, reader]);
  return true;
}
