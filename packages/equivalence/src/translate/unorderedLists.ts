import { closingBracket, replaceCalls } from './balanced';

/**
 * `ARRAY_AGG(DISTINCT x)` without ORDER BY gives its items in any order. One that
 * nobody writes, that of hashes, takes the place of the engine's: so two queries
 * agree if their items do, and one with an ORDER BY agrees with none without.
 */
export const ANY_ORDER_MACRO = `CREATE MACRO shim_any_order(l) AS list_transform(list_sort(list_transform(l, lambda e: {'h': hash(e), 'v': e})), lambda s: s.v)`;

const FILTER = /^ FILTER\s*\(/;

/** Marks the lists of a DuckDB text whose order nobody gives. */
export function markUnorderedLists(sql: string): string {
  const marked = replaceCalls(sql, /\bARRAY_AGG\(/, inside =>
    /^DISTINCT /.test(inside) && !/ (?:ORDER BY|LIMIT) /.test(inside)
      ? `MIG_LIST(${inside})`
      : undefined,
  );
  // A filter belongs to the aggregate, as a window does.
  let result = marked;
  for (;;) {
    const start = result.indexOf('MIG_LIST(');
    if (start < 0) return result;
    let end = closingBracket(result, start + 'MIG_LIST'.length);
    const filter = FILTER.exec(result.slice(end));
    if (filter) {
      end = closingBracket(result, end + filter[0].length - 1);
    }
    const call = `ARRAY_AGG${result.slice(start + 'MIG_LIST'.length, end)}`;
    // One item of it would be any of them.
    const other = /^( OVER\b|\[)/.test(result.slice(end));
    result =
      result.slice(0, start) +
      (other ? call : `shim_any_order(${call})`) +
      result.slice(end);
  }
}
