import { Replacement } from '../jinja/renderFile';
import { lastPart } from '../names/NameMatcher';
import { Edit } from '../patch/Edit';
import { SqlAnalysis } from './analyzeSql';

/** A table name that every dialect reads as one path. */
function printTable(name: string): string {
  return /^[\w.]+$/.test(name) ? name : `\`${name}\``;
}

/** The table, under the name that qualifies its columns if that is another one. */
export function printNamed(
  table: string,
  implicit: string,
  alias: string | undefined,
): string {
  const same = lastPart(table).toLowerCase() === implicit.toLowerCase();
  return alias || same
    ? printTable(table)
    : `${printTable(table)} AS ${printTable(implicit)}`;
}

/** Where the new dataset's name stands in the rewritten text. */
export function replacedTables(
  edits: readonly Edit[],
  table: string,
  analysis: SqlAnalysis,
): Replacement[] {
  const names = new Map(
    analysis.variants.flatMap(({ statements }) =>
      statements.flatMap(({ reads }) =>
        reads.map(read => [read.start, read] as const),
      ),
    ),
  );
  let shift = 0;
  const replacements: Replacement[] = [];
  for (const edit of edits) {
    const read = edit.start === edit.owner ? names.get(edit.owner) : undefined;
    const name = read?.replacement ?? '';
    const at = read ? edit.text.indexOf(name) : -1;
    if (read && at !== -1) {
      const start = edit.start + shift + at;
      // Inside of a derived table nothing is qualified.
      const alias = edit.text === name ? read.item.alias : 'inside';
      const text = printNamed(table, read.implicitNew, alias);
      replacements.push({ start, end: start + name.length, text });
    }
    shift += edit.text.length - (edit.end - edit.start);
  }
  return replacements;
}
