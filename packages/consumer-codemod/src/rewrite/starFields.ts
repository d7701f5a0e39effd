import { ReadStar } from '../resolve/Reads';
import { View, ViewField } from './View';

/** Lower case fields that a star has to bring along, because somebody reads them. */
export function starFields(
  { item, demand }: ReadStar,
  view: View,
): Set<string> {
  const except = new Set(item.star?.except.map(name => name.toLowerCase()));
  const listed = [...view.fields].filter(([name]) => !except.has(name));
  const needed = listed.filter(
    ([name]) => demand.all || demand.names.has(name),
  );
  if (needed.length > 0) {
    return new Set(needed.map(([name]) => name));
  }
  // Only rows count, as in `COUNT(*)`; still a select needs a column.
  const any =
    listed.find(([, field]) => keepsName(field)) ??
    listed.find(([, field]) => field.kind === 'expression');
  return new Set(any ? [any[0]] : []);
}

/** The field has the same name and value in the new dataset. */
export function keepsName(field: ViewField | undefined): boolean {
  return (
    field?.kind === 'expression' &&
    field.expression.column &&
    field.expression.text.replace(/[`"]/g, '').toLowerCase() ===
      field.name.toLowerCase()
  );
}

/**
 * True if a star may stay over the new dataset: nobody sees all of its columns,
 * whatever is read by name keeps its name, and no other name of the file (`words`)
 * could come to mean a field that only the new dataset has.
 */
export function staysStar(
  star: ReadStar,
  view: View,
  words: ReadonlySet<string>,
): boolean {
  return (
    !star.demand.all &&
    star.item.star?.except.length === 0 &&
    !star.item.star.replaces &&
    [...starFields(star, view)].every(name =>
      keepsName(view.fields.get(name)),
    ) &&
    ![...view.newFields].some(name => words.has(name))
  );
}
