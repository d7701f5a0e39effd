import { Edit, mergeEdits } from '../patch/Edit';
import { OldRead } from '../resolve/Reads';
import { SqlAnalysis } from './analyzeSql';
import { View } from './View';

function isDropped(view: View, field: string): boolean {
  return view.fields.get(field)?.kind === 'drop';
}

/**
 * True if every dropped field is a projected column of the statement's own
 * select, and nothing else: then leaving it out changes that one output column.
 */
export function isDroppable(
  analysis: SqlAnalysis,
  read: OldRead,
  view: View,
  decisions: ReadonlyMap<number, { derived: boolean }>,
): boolean {
  const owner = analysis.variants
    .flatMap(({ statements }) => statements)
    .find(({ reads }) => reads.includes(read))?.statement;
  const operands = owner?.query?.operands ?? [];
  const remaining = (read.select?.items ?? []).filter(
    item =>
      !read.uses.some(
        use => isDropped(view, use.field) && use.bareItem === item,
      ),
  );
  return (
    decisions.get(read.start)?.derived === false &&
    owner !== undefined &&
    owner.writes.length === 0 &&
    operands.length === 1 &&
    operands[0] === read.select &&
    remaining.length > 0 &&
    read.stars.length === 0 &&
    !read.select?.clauses.some(
      clause => clause.name === 'group' || clause.name === 'order',
    ) &&
    read.uses.every(
      use => !isDropped(view, use.field) || use.bareItem !== undefined,
    )
  );
}

/** Removes the projected items of dropped fields, each with one comma. */
export function dropEdits(analysis: SqlAnalysis, view: View): Edit[] {
  return mergeEdits(
    analysis.variants.map(({ statements, tokens }) =>
      statements.flatMap(({ reads }) =>
        reads.flatMap(read => {
          const items = read.select?.items ?? [];
          const dropped = read.uses
            .filter(use => isDropped(view, use.field) && use.bareItem)
            .map(use => items.findIndex(item => item === use.bareItem));
          return dropped.map((index): Edit => {
            const item = items[index];
            const before = items
              .slice(0, index)
              .some((_, n) => !dropped.includes(n));
            return before
              ? {
                  start: tokens.list[item.start - 2].end,
                  end: tokens.list[item.end - 1].end,
                  text: '',
                  owner: read.start,
                }
              : {
                  start: tokens.list[item.start].start,
                  end: tokens.list[item.end + 1].start,
                  text: '',
                  owner: read.start,
                };
          });
        }),
      ),
    ),
  );
}
