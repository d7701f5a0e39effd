import { SelectItem } from '../resolve/QueryTree';
import { OldRead } from '../resolve/Reads';
import { keepsName, starFields } from './starFields';
import { View, ViewField } from './View';

/** How one table reference is rewritten, the same for every branch of the file. */
export interface Decision {
  derived: boolean;
  /** Lower case fields that the derived table lists, in contract order. */
  fields: string[];
  /** Why it is derived. */
  reasons: string[];
  /** By the offset of a star the fields that it is replaced by; absent if it stays. */
  stars: Map<number, string[]>;
}

/** Lower case names of all fields that a read needs. */
export function fieldsOf(read: OldRead, view: View): Set<string> {
  const fields = new Set<string>(read.possible);
  for (const use of read.uses) {
    fields.add(use.field);
  }
  if (read.full) {
    return new Set(view.fields.keys());
  }
  for (const star of read.stars) {
    for (const name of starFields(star, view)) {
      fields.add(name);
    }
  }
  for (const name of read.item.using) {
    if (view.fields.has(name.toLowerCase())) {
      fields.add(name.toLowerCase());
    }
  }
  return fields;
}

function isRenameOnly(field: ViewField | undefined): boolean {
  return field?.kind === 'expression' && field.expression.column;
}

/** Names of `USING` lists around a read. */
function usingNames(read: OldRead): string[] {
  return (read.select?.from ?? [read.item])
    .flatMap(item => [item, ...(item.members ?? [])])
    .flatMap(item => item.using)
    .map(name => name.toLowerCase());
}

/** Reasons why putting expressions in place of names would not be right. */
export function deriveReasons(read: OldRead, view: View): Set<string> {
  const reasons = new Set(read.derive);
  if (view.groupBy) {
    reasons.add('SQL_GRAIN_CHANGED');
  }
  const fields = [...fieldsOf(read, view)].map(name => view.fields.get(name));
  if (read.nullSupplied && (view.where || !fields.every(isRenameOnly))) {
    reasons.add('SQL_OUTER_JOIN');
  }
  for (const name of usingNames(read)) {
    const field = view.fields.get(name);
    if (field && !keepsName(field)) {
      reasons.add('SQL_USING_RENAMED');
    }
  }
  if (read.captures.some(capture => !capture.qualifier)) {
    reasons.add('NAME_CAPTURED_BY_NEW_FIELD');
  }
  if (groupsExpression(read, view)) {
    reasons.add('SQL_GROUPED_EXPRESSION');
  }
  return reasons;
}

/** A star with `EXCEPT` over a derived table lists what is left. */
export function spellsOut({ star }: SelectItem, alone: boolean): boolean {
  return alone && !star?.replaces && (star?.except.length ?? 0) > 0;
}

/** Everything that the derived table must list, for a read that becomes one. */
export function derivedFields(read: OldRead, view: View): Set<string> {
  const fields = fieldsOf(read, view);
  for (const { item, alone } of read.stars) {
    // Names in the lists of a star that stays have to be columns.
    const listed = [
      ...(spellsOut(item, alone) ? [] : item.star?.except ?? []),
      ...(item.star?.replaced ?? []),
    ].map(name => name.toLowerCase());
    for (const name of view.fields.keys()) {
      if (
        listed.includes(name) ||
        (item.star?.replaces && !item.star.replaced)
      ) {
        fields.add(name);
      }
    }
  }
  for (const name of usingNames(read)) {
    if (view.fields.has(name)) {
      fields.add(name);
    }
  }
  return fields;
}

/**
 * In a grouped query an expression field may be grouped by its alias, or stand
 * inside an aggregate. Any other mix would name new fields that are not grouped.
 */
function groupsExpression(read: OldRead, view: View): boolean {
  const select = read.select;
  const group = select?.clauses.find(clause => clause.name === 'group');
  if (!select || !group) {
    return false;
  }
  const loose = read.uses.filter(
    use =>
      !isRenameOnly(view.fields.get(use.field)) &&
      use.clause !== 'filter' &&
      use.clause !== 'from' &&
      !use.insideAggregate,
  );
  return loose.some(
    use =>
      !use.bareItem ||
      loose.filter(other => other.field === use.field).length > 1,
  );
}
