import { Demand } from './Demand';
import { Query, Select } from './QueryTree';
import { Refusal } from './Reads';
import { ResolveContext } from './ResolveContext';
import { Relation, Scope } from './Scope';
import { nameIn } from './selectFacts';
import { offsetsOf } from './tokenAt';

/** Notes what the stars of a select take in. */
export function noteStars(
  context: ResolveContext,
  refusals: Refusal[],
  select: Select,
  { relations }: Scope,
  demand: Demand,
) {
  const { tokens } = context;
  for (const item of select.items) {
    const { star } = item;
    if (!star) {
      continue;
    }
    const explicit = new Set(
      select.items.map(({ alias }) => alias?.toLowerCase()),
    );
    demand.guessesFrom(
      relations.flatMap(({ name, demand: inner, other, read, columns }) => {
        const source = inner ?? other?.demand ?? (read && new Demand());
        const taken = !star.qualifier || star.qualifier.toLowerCase() === name;
        return source && taken
          ? [{ demand: source, ...(columns && { columns }) }]
          : [];
      }),
      explicit,
    );
    for (const relation of relations) {
      const { read, name } = relation;
      if (star.qualifier && star.qualifier.toLowerCase() !== name) {
        continue;
      }
      if (relation.demand) {
        demand.passesOn(relation.demand, name, isSole(select, relations));
        if (star.replaces && !star.replaced) {
          relation.demand.needAll();
        }
        // A name in the list has to be a column.

        const place = offsetsOf(tokens, item.start, item.end);
        for (const listed of [...star.except, ...(star.replaced ?? [])]) {
          relation.demand.need(listed, nameIn(tokens, item, listed) ?? place);
        }
      }
      if (read) {
        const alone = star.qualifier !== undefined || relations.length === 1;
        const place = offsetsOf(tokens, item.start, item.end);
        if (!alone && context.source.startsWith('{{', place.start)) {
          // It prints this table's columns only, not those of all.
          refusals.push({ reason: 'JINJA_NESTED_REF', ...place });
        }
        const sole = isSole(select, relations);
        read.stars.push({ item, demand, alone, sole });
        if (star.replaces) {
          read.derive.add('SQL_STAR_REPLACE');
        } else if (!star.qualifier && relations.length > 1) {
          read.derive.add('SQL_STAR_OVER_JOIN');
        }
      }
    }
  }
}

/** Every name that the select does not give itself comes by this one star. */
export function isSole(
  select: Select,
  relations: readonly Relation[],
): boolean {
  const stars = select.items.filter(({ star }) => star);
  return (
    stars.length === 1 &&
    (relations.length === 1 || stars[0].star?.qualifier !== undefined)
  );
}

/** `OBJECT_CONSTRUCT(*)` and `COUNT(DISTINCT *)` take whole rows; `COUNT(*)` does not. */
export function noteCallStars(
  { tokens }: ResolveContext,
  select: Select,
  { relations }: Scope,
  inside: readonly Query[],
) {
  for (let i = select.start; i < select.end; i++) {
    const hole = inside.find(query => i >= query.start && i < query.end);
    if (hole) {
      i = hole.end - 1;
      continue;
    }
    const item = select.items.find(({ star, start }) => star && start === i);
    const counts = tokens.is(i - 1, '(') && tokens.is(i - 2, 'COUNT');
    const inCall =
      tokens.is(i - 1, '(') ||
      tokens.is(i - 1, ',') ||
      tokens.is(i - 1, 'DISTINCT');
    if (!tokens.is(i, '*') || item || counts || !inCall) {
      continue;
    }
    for (const { read, demand } of relations) {
      demand?.needAll();
      if (read) {
        read.derive.add('SQL_WHOLE_ROW');
        read.full = true;
      }
    }
  }
}

/** `STRUCT(a.*)`, and `a.*` of a query around this one: whole rows. */
export function noteRowStars(
  { tokens }: ResolveContext,
  select: Select,
  scope: Scope,
) {
  for (let i = select.start; i < select.end; i++) {
    if (tokens.is(i, '*') && tokens.is(i - 1, '.')) {
      const item = select.items.find(
        entry => entry.star && entry.start === i - 2,
      );
      noteWholeRow(tokens.name(i - 2), item ? scope.parent : scope, scope);
    }
  }
}

function noteWholeRow(qualifier: string, from: Scope | undefined, own: Scope) {
  const wanted = qualifier.toLowerCase();
  if (from !== own && own.relations.some(({ name }) => name === wanted)) {
    return;
  }
  for (let scope = from; scope; scope = scope.parent) {
    const relation = scope.relations.find(({ name }) => name === wanted);
    if (relation) {
      relation.demand?.needAll();
      relation.read?.derive.add('SQL_WHOLE_ROW');
      if (relation.read) {
        relation.read.full = true;
      }
      return;
    }
  }
}

/** The columns are matched with those of another query by their position. */
export function isPositional(
  demand: Demand,
  seen = new Set<Demand>(),
): boolean {
  if (seen.has(demand)) {
    return false;
  }
  seen.add(demand);
  return (
    demand.outer !== undefined ||
    [...demand.passedTo].some(next => isPositional(next, seen))
  );
}
