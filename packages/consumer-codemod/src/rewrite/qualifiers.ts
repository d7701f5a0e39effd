import { FieldUse, OldRead } from '../resolve/Reads';
import { RESERVED } from './quoteColumn';

/** Something in the query says whose column it means. */
export function needsName(read: OldRead): boolean {
  return (
    read.relationCount > 1 ||
    read.stars.some(({ item }) => item.star?.qualifier) ||
    read.uses.some(use => use.qualified || use.correlated)
  );
}

/**
 * A dbt reference without alias is known by the name of its table, which the new one
 * may have otherwise than its model: it is given the old name.
 */
export function givenName(read: OldRead): string | undefined {
  return !read.item.alias &&
    /^\{\{[^}]*\b(ref|source)\s*\(/.test(read.replacement) &&
    needsName(read)
    ? quoteName(read.implicitOld)
    : undefined;
}

/** How columns of a read that stays a table are qualified; absent for the table's own name. */
export function aliasOf(read: OldRead): string | undefined {
  return read.item.alias ?? givenName(read);
}

export function quoteName(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) && !RESERVED.test(name)
    ? name
    : `\`${name}\``;
}

/** What new names are qualified with: only where something else could capture them. */
export function qualifierOf(read: OldRead, use?: FieldUse): string | undefined {
  if (use?.qualified) {
    return aliasOf(read) ? use.column.qualifier : quoteName(read.implicitNew);
  }
  return read.relationCount > 1 || use?.correlated
    ? aliasOf(read) ?? quoteName(read.implicitNew)
    : undefined;
}
