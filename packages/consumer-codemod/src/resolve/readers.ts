import { ColumnSpan } from '../parser/SqlParser';
import { likelySource, Reader, Sink } from './Demand';
import { Clause } from './QueryTree';
import { Relation, Scope } from './Scope';
import { tokenAt } from './tokenAt';
import { Tokens } from './Tokens';

export function readerOf(
  tokens: Tokens,
  column: ColumnSpan,
  scope: Scope,
  clause: Clause | undefined,
  relation?: Relation,
): Reader {
  return {
    start: column.nameStart,
    end: column.nameEnd,
    sink: sinkOf(tokens, column, scope, clause),
    ...(relation?.name && { via: [relation.name] }),
  };
}

/** What becomes of a column in its own select. */
export function sinkOf(
  tokens: Tokens,
  column: ColumnSpan,
  { select, outputs }: Scope,
  clause: Clause | undefined,
): Sink {
  if (!select || clause?.name !== 'projection') {
    return { as: 'filter' };
  }
  const at = tokenAt(tokens, column.nameStart);
  const item = select.items.find(entry => at >= entry.start && at < entry.end);
  const into = { ...(outputs && { into: outputs }) };
  if (!item) {
    return { ...into, as: 'expression' };
  }
  const first = tokenAt(tokens, column.qualifierStart ?? column.nameStart);
  const explicit = tokens.is(item.end - 2, 'AS') ? 2 : 1;
  const end = item.end - (item.explicitAlias ? explicit : 0);
  return {
    ...into,
    ...(item.alias && { output: item.alias }),
    as: item.start === first && end === at + 1 ? 'unchanged' : 'expression',
  };
}

/** Everything that a name may stand for is needed: too much does no harm here. */
export function noteDemand(
  tokens: Tokens,
  column: ColumnSpan,
  scope: Scope,
  clause: Clause | undefined,
) {
  const field = column.name.toLowerCase();
  const readerFor = (relation: Relation) =>
    readerOf(tokens, column, scope, clause, relation);
  for (
    let current: Scope | undefined = scope;
    current;
    current = current.parent
  ) {
    for (const relation of current.relations) {
      const { columns, demand } = relation;
      if (!columns || columns.includes(field)) {
        demand?.need(field, readerFor(relation));
      }
    }
  }
  const likely = scope.relations.flatMap(relation => {
    const { demand, columns } = relation;
    return demand ? [{ demand, relation, ...(columns && { columns }) }] : [];
  });
  const declared = scope.relations.some(
    ({ demand, columns }) => !demand && columns?.includes(field),
  );
  const found = declared ? undefined : likelySource(likely, field);
  const reader = readerOf(tokens, column, scope, clause);
  found?.demand.guess(field, reader);
}
