import { isAggregateOrWindow } from './enclosingCalls';
import { Clause, ClauseName, SelectItem } from './QueryTree';
import { ResolveContext } from './ResolveContext';
import { Scope } from './Scope';
import { Tokens } from './Tokens';

const ALIAS_CLAUSES = new Set<ClauseName>([
  'group',
  'order',
  'having',
  'qualify',
]);

/** Snowflake lets an expression name an output column of its own select, after the columns. */
export function isLateral(
  { dialect, newFields }: ResolveContext,
  { select, relations }: Scope,
  field: string,
): boolean {
  const named = select?.items.some(
    item => item.explicitAlias && item.alias?.toLowerCase() === field,
  );
  if (
    dialect !== 'snowflake' ||
    !named ||
    relations.some(({ columns }) => columns?.includes(field))
  ) {
    return false;
  }
  for (const { read } of relations) {
    if (read && newFields.has(field)) {
      read.derive.add('NAME_CAPTURED_BY_NEW_FIELD');
    }
  }
  return true;
}

/**
 * True if the name is an output column in a clause that prefers those. Where it
 * is the field's own bare projection both readings agree; anything else keeps the
 * old names in scope, so that the dialect's rule decides as before.
 */
export function isAlias(
  context: ResolveContext,
  scope: Scope,
  clause: Clause | undefined,
  calls: string[],
  field: string,
): boolean {
  if (
    !clause ||
    !ALIAS_CLAUSES.has(clause.name) ||
    !scope.select ||
    calls.some(isAggregateOrWindow)
  ) {
    return false;
  }
  const reads = scope.relations.filter(
    ({ read, columns }) => read && columns?.includes(field),
  );
  const item = scope.select.items.find(
    entry => entry.alias?.toLowerCase() === field,
  );
  if (!item) {
    return (
      clause.name === 'order' &&
      reads.length === 1 &&
      scope.select.items.some(({ star }) => star && !star.replaces) &&
      scope.relations.length === 1
    );
  }
  for (const { read } of scope.relations) {
    if (read && context.newFields.has(field)) {
      read.derive.add('NAME_CAPTURED_BY_NEW_FIELD');
    }
  }
  if (reads.length > 0 && !isBare(context.tokens, item, field)) {
    for (const { read } of reads) {
      read?.possible.add(field);
      read?.derive.add('SQL_ALIAS_AMBIGUOUS');
    }
  }
  return true;
}

/** The item is `field` or `a.field`, with no alias of its own. */
function isBare(tokens: Tokens, item: SelectItem, field: string): boolean {
  const length = item.end - item.start;
  return (
    !item.explicitAlias &&
    (length === 1 || (length === 3 && tokens.is(item.start + 1, '.'))) &&
    tokens.name(item.end - 1).toLowerCase() === field
  );
}
