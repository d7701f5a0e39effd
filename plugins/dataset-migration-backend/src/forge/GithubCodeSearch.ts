import { setTimeout } from 'node:timers/promises';
import { GithubForge } from './GithubForge';

export interface CodeSearchHit {
  /** `host/owner/name` */
  repository: string;
  paths: string[];
}

const PAGE = 100;
/** GitHub gives no more than a thousand results. */
const MAX_PAGES = 10;
const MINUTE = 60_000;

/**
 * Finds files on default branches that mention one of some names. It cannot define a fleet
 * (GitHub gives at most 1,000 results a query), only add what the catalog does not know.
 */
export class GithubCodeSearch {
  readonly #forge: GithubForge;
  readonly #scope: string[];
  readonly #spacingMs: number;
  #nextAt = 0;

  constructor(options: {
    forge: GithubForge;
    /** Qualifiers that every query gets, such as `org:demo`. */
    scope?: string[];
    requestsPerMinute?: number;
  }) {
    this.#forge = options.forge;
    this.#scope = options.scope ?? [];
    this.#spacingMs = MINUTE / (options.requestsPerMinute ?? 9);
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
        await this.#wait(signal);
        const { total, hits } = await this.#forge.searchCode({
          host,
          query,
          page,
          signal,
        });
        yield* groupByRepository(hits);
        if (hits.length === 0 || page * PAGE >= total) break;
      }
    }
  }

  async #wait(signal: AbortSignal): Promise<void> {
    const now = Date.now();
    const at = Math.max(now, this.#nextAt);
    this.#nextAt = at + this.#spacingMs;
    if (at > now) {
      // Rejects with the signal's reason, as all that waits here does.
      await setTimeout(at - now, undefined, { signal }).catch(() =>
        signal.throwIfAborted(),
      );
    }
    signal.throwIfAborted();
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
