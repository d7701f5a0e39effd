import {
  isTimezone,
  TIMEZONE_ANNOTATION,
} from 'backstage-plugin-dataset-migration-common';
import { CatalogReader } from '../discovery/CatalogReader';

/** Owners move house seldom. */
const KEEP_MS = 10 * 60_000;
const CHUNK = 100;

/** Time zones of owners, from an annotation of their entities. */
export class OwnerTimezones {
  readonly #catalog: Pick<CatalogReader, 'getEntitiesByRefs'>;
  readonly #fallback: string;
  readonly #now: () => number;
  readonly #known = new Map<string, { timezone?: string; until: number }>();

  /** @param options - `fallback` is for owners whose time zone nobody has said */
  constructor(options: {
    catalog: Pick<CatalogReader, 'getEntitiesByRefs'>;
    fallback: string;
    now?: () => number;
  }) {
    this.#catalog = options.catalog;
    this.#fallback = options.fallback;
    this.#now = options.now ?? Date.now;
  }

  /** For each owner an IANA name; one that the catalog says and nobody knows is the fallback. */
  async of(
    owners: Array<string | undefined>,
  ): Promise<(owner: string | undefined) => string> {
    const now = this.#now();
    const asked = [...new Set(owners.flatMap(each => each ?? []))].filter(
      each => (this.#known.get(each)?.until ?? 0) <= now,
    );
    for (let at = 0; at < asked.length; at += CHUNK) {
      const refs = asked.slice(at, at + CHUNK);
      const { items } = await this.#catalog.getEntitiesByRefs({
        entityRefs: refs,
        fields: ['kind', 'metadata'],
      });
      for (const [index, ref] of refs.entries()) {
        const said =
          items[index]?.metadata.annotations?.[TIMEZONE_ANNOTATION]?.trim();
        this.#known.set(ref, {
          timezone: said && isTimezone(said) ? said : undefined,
          until: now + KEEP_MS,
        });
      }
    }
    return owner =>
      (owner && this.#known.get(owner)?.timezone) ?? this.#fallback;
  }
}
