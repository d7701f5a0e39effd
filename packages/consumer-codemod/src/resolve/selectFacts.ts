import { FromItem, Query, Select, SelectItem } from './QueryTree';
import { isPlaceholder } from './placeholder';
import { ResolveContext } from './ResolveContext';
import { Columns, Relation } from './Scope';
import { Statement } from './statements';
import { Tokens } from './Tokens';

export function queriesOf(items: readonly FromItem[]): Query[] {
  return items.flatMap(item => [
    ...(item.query ? [item.query] : []),
    ...(item.members ? queriesOf(item.members) : []),
  ]);
}

/** `USING (x)` says that every table joined so far has a column `x`. */
export function noteUsing(items: readonly FromItem[], relations: Relation[]) {
  for (const item of items) {
    for (const name of item.using) {
      for (const { other, demand } of relations) {
        other?.columns.set(
          name.toLowerCase(),
          other.columns.get(name.toLowerCase()) ?? [],
        );
        demand?.need(name, { start: -1, end: -1 });
        demand?.guess(name, { start: -1, end: -1 });
      }
    }
  }
}

/** Rows that are compared, or columns that are counted, as a whole. */
export function countsAllColumns(tokens: Tokens, select: Select): boolean {
  if (select.distinct || tokens.is(select.start + 1, 'AS')) {
    return true;
  }
  // `ORDER BY 2` behind a star.
  return (
    select.items.some(({ star }) => star) &&
    select.clauses.some(clause => {
      if (clause.name !== 'group' && clause.name !== 'order') {
        return false;
      }
      for (let i = clause.content; i < clause.end; i++) {
        if (tokens.isOpening(i)) {
          i = tokens.after(i) - 1;
        } else if (
          tokens.list[i].kind === 'number' ||
          tokens.is(i, 'ALL') ||
          isPlaceholder(tokens.list[i].text)
        ) {
          return true;
        }
      }
      return false;
    })
  );
}

/** The table that a statement changes, whose columns its subqueries see. */
export function targetItem({ writes, start, end }: Statement): FromItem {
  return {
    ...(writes[0] ?? { start, end }),
    kind: 'table',
    join: 'first',
    natural: false,
    suffixes: [],
    using: [],
    columnList: false,
    macro: false,
  };
}

/** Where a name stands inside of a star's lists. */
export function nameIn(tokens: Tokens, item: SelectItem, name: string) {
  for (let i = item.start; i < item.end; i++) {
    if (
      tokens.isName(i) &&
      tokens.name(i).toLowerCase() === name.toLowerCase()
    ) {
      return tokens.list[i];
    }
  }
  return undefined;
}

/** Columns that a select puts out. */
export function outputsOf(select: Select, relations: Relation[]): Columns {
  const outputs: string[] = [];
  for (const { star, alias } of select.items) {
    if (!star) {
      outputs.push(alias?.toLowerCase() ?? '');
      continue;
    }
    const chosen = relations.filter(
      relation =>
        !star.qualifier || relation.name === star.qualifier.toLowerCase(),
    );
    if (chosen.length === 0 || chosen.some(({ columns }) => !columns)) {
      return undefined;
    }
    const except = new Set(star.except.map(name => name.toLowerCase()));
    outputs.push(
      ...chosen
        .flatMap(({ columns }) => columns ?? [])
        .filter(name => !except.has(name)),
    );
  }
  return outputs;
}

/** `FROM t, t.items`: the field that the path names. */
export function noteUnnestedField(
  { tokens, oldFields }: ResolveContext,
  item: FromItem,
  owner: Relation,
  start: number,
) {
  const at = (item.path?.start ?? 0) + 2;
  const token = tokens.list[at];
  const field = tokens.name(at).toLowerCase();
  if (token) {
    owner.demand?.need(field, token);
  }
  if (owner.read && token && oldFields.includes(field)) {
    owner.read.uses.push({
      field,
      column: {
        name: tokens.name(at),
        nameStart: token.start,
        nameEnd: token.end,
        qualifier: tokens.name(at - 2),
        qualifierStart: start,
        qualifierEnd: tokens.list[at - 2].end,
      },
      qualified: true,
      clause: 'from',
      sink: { as: 'expression' },
      structArgument: false,
      insideAggregate: false,
      correlated: false,
    });
    // `FROM t, t.items` takes a path, not an expression.
    owner.read.derive.add('SQL_UNNEST_PATH');
  }
}
