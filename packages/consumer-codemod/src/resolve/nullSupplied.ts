import { FromItem } from './QueryTree';

/**
 * True if an outer join can put NULLs in place of the rows of `items[index]`.
 * Joins are read from left to right; inside parentheses any outer join counts.
 */
export function nullSupplied(
  items: readonly FromItem[],
  index: number,
): boolean {
  const join = items[index].join;
  if (join === 'left' || join === 'full') {
    return true;
  }
  return items
    .slice(index + 1)
    .some(item => item.join === 'right' || item.join === 'full');
}

/** True if any join in the group is an outer one. */
export function hasOuterJoin(items: readonly FromItem[]): boolean {
  return items.some(
    item =>
      item.join === 'left' ||
      item.join === 'right' ||
      item.join === 'full' ||
      (item.members !== undefined && hasOuterJoin(item.members)),
  );
}
