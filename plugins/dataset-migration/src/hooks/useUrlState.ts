import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';

/** View, filters and selection, kept in the address so that every view has a link. */
export interface UrlState {
  one(name: string): string | undefined;
  many(name: string): string[];
  /** Sets or removes (undefined, empty) parameters and leaves the others. */
  set(changes: Record<string, string | string[] | undefined>): void;
  /** The address's query with these changes, for links. */
  link(changes: Record<string, string | string[] | undefined>): string;
}

export function useUrlState(): UrlState {
  const [search, setSearch] = useSearchParams();
  const set = useCallback(
    (changes: Record<string, string | string[] | undefined>) =>
      setSearch(last => changed(last, changes), { replace: true }),
    [setSearch],
  );
  return useMemo(
    () => ({
      one: name => search.get(name) ?? undefined,
      many: name => search.getAll(name),
      set,
      link: changes => `?${changed(search, changes)}`,
    }),
    [search, set],
  );
}

function changed(
  search: URLSearchParams,
  changes: Record<string, string | string[] | undefined>,
): URLSearchParams {
  const next = new URLSearchParams(search);
  for (const [name, value] of Object.entries(changes)) {
    next.delete(name);
    for (const each of Array.isArray(value) ? value : [value]) {
      if (each) {
        next.append(name, each);
      }
    }
  }
  return next;
}
