import { isDateWord } from './datePart';
import { FromItem, Query, Select } from './QueryTree';
import { ResolveContext } from './ResolveContext';
import { Scope } from './Scope';
import { Tokens } from './Tokens';

/**
 * The safety net under the parser: a word that is spelled like a changed field, and
 * that the syntax tree says nothing of, may be that field. Then the old names stay in
 * scope.
 */
export function noteUnreadNames(
  { tokens, changedFields }: ResolveContext,
  spans: ReadonlySet<number>,
  select: Select,
  scope: Scope,
  inside: readonly Query[],
): void {
  const skipped = tokensToSkip(tokens, select);
  for (let i = select.start; i < select.end; i++) {
    const hole = inside.find(query => i >= query.start && i < query.end);
    if (hole) {
      i = hole.end - 1;
      continue;
    }
    const token = tokens.list[i];
    const name = tokens.isName(i) ? tokens.name(i).toLowerCase() : '';
    if (
      !changedFields.has(name) ||
      spans.has(token.start) ||
      skipped.has(i) ||
      isDateWord(name) ||
      isNoColumn(tokens, i)
    ) {
      continue;
    }
    for (
      let current: Scope | undefined = scope;
      current;
      current = current.parent
    ) {
      for (const { read, demand } of current.relations) {
        demand?.need(name, { start: token.start, end: token.end });
        if (read) {
          read.possible.add(name);
          read.derive.add('SQL_NAME_UNCERTAIN');
        }
      }
    }
  }
}

/** An alias, a call, a field of a STRUCT, a type. */
function isNoColumn(tokens: Tokens, i: number): boolean {
  return (
    tokens.is(i - 1, 'AS') ||
    tokens.is(i - 1, '.') ||
    tokens.is(i - 1, ':') ||
    tokens.is(i - 1, '::') ||
    tokens.is(i + 1, '(') ||
    tokens.is(i + 1, '=>') ||
    tokens.list[i + 1]?.kind === 'string'
  );
}

function tokensToSkip(tokens: Tokens, select: Select): Set<number> {
  const skipped = new Set<number>();
  const skip = (start: number, end: number) => {
    for (let i = start; i < end; i++) {
      skipped.add(i);
    }
  };
  for (const item of select.items) {
    if (item.explicitAlias) {
      skipped.add(item.end - 1);
    }
    for (let i = item.start; item.star && i < item.end; i++) {
      if (tokens.is(i, 'EXCEPT', '(') || tokens.is(i, 'EXCLUDE', '(')) {
        skip(i, tokens.after(i + 1));
      }
    }
  }
  const visit = (items: readonly FromItem[]) => {
    for (const item of items) {
      const { path, alias, using, members } = item;
      if (path) {
        skip(path.start, path.end);
      }
      const names = [...using, ...(alias ? [alias] : [])];
      const end = Math.max(item.end, nextStart(items, item, select));
      for (let i = item.start; i < end; i++) {
        if (names.includes(tokens.name(i))) {
          skipped.add(i);
        }
      }
      visit(members ?? []);
    }
  };
  visit(select.from);
  return skipped;
}

/** `USING (…)` stands behind the item. */
function nextStart(
  items: readonly FromItem[],
  item: FromItem,
  select: Select,
): number {
  const next = items[items.indexOf(item) + 1];
  return (
    next?.start ?? select.clauses.find(({ name }) => name === 'from')?.end ?? 0
  );
}
