import { Clock } from '../domain/Clock';
import { MINUTE } from '../domain/forgeBudget';
import { isForgeError } from './ForgeFailure';
import { GithubForge } from './GithubForge';

export interface CodeSearchHit {
  /** `host/owner/name` */
  repository: string;
  paths: string[];
}

const PAGE = 100;
/** GitHub gives no more than a thousand results. */
const MAX_PAGES = 10;
/** A limit that is over sooner is waited for. */
const LONGEST_WAIT_MS = 2 * MINUTE;

/**
 * Finds files on default branches that mention one of some names. It cannot define a fleet
 * (GitHub gives at most 1,000 results a query), only add what the catalog does not know.
 */
export class GithubCodeSearch {
  readonly #forge: GithubForge;
  readonly #scope: string[];
  readonly #clock: Clock;

  constructor(options: {
    forge: GithubForge;
    /** Qualifiers that every query gets, such as `org:demo`. */
    scope?: string[];
    clock: Clock;
  }) {
    this.#forge = options.forge;
    this.#scope = options.scope ?? [];
    this.#clock = options.clock;
  }

  /** A repository may come more than once, with other paths. */
  async *search(
    host: string,
    names: string[],
    signal: AbortSignal,
  ): AsyncGenerator<CodeSearchHit> {
    for (const name of new Set(names)) {
      const query = [quote(name), ...this.#scope].join(' ');
      for (let page = 1; page <= MAX_PAGES; page += 1) {
        const { total, hits } = await this.#whenAllowed(signal, () =>
          this.#forge.searchCode({ host, query, page, signal }),
        );
        yield* groupByRepository(hits);
        if (hits.length === 0 || page * PAGE >= total) break;
      }
    }
  }

  /** Few searches are allowed a minute, and nobody watches this one: it takes its time. */
  async #whenAllowed<T>(
    signal: AbortSignal,
    search: () => Promise<T>,
  ): Promise<T> {
    for (;;) {
      try {
        return await search();
      } catch (error) {
        const retryAt = isForgeError(error) ? error.failure.retryAt : undefined;
        const wait = (retryAt ?? Infinity) - this.#clock.now();
        if (wait > LONGEST_WAIT_MS) throw error;
        await this.#clock.sleep(Math.max(wait, 0), signal);
      }
    }
  }
}

/** A name is text to find, never a qualifier of the query. */
function quote(name: string): string {
  return `"${name.replace(/["\\\r\n]/g, ' ')}"`;
}

function groupByRepository(
  hits: Array<{ repository: string; path: string }>,
): CodeSearchHit[] {
  const grouped = new Map<string, Set<string>>();
  for (const { repository, path } of hits) {
    const paths = grouped.get(repository) ?? new Set();
    grouped.set(repository, paths.add(path));
  }
  return [...grouped].map(([repository, paths]) => ({
    repository,
    paths: [...paths],
  }));
}
