import { Api } from 'backstage-plugin-dataset-migration-common';

/** Cells of two results that differ at the same place, as `row:column`; a row the other side lacks differs wholly. */
export function differingCells(
  old: Api.PrintableTable,
  now: Api.PrintableTable,
): { old: Set<string>; new: Set<string> } {
  const marks = { old: new Set<string>(), new: new Set<string>() };
  const height = Math.max(old.rows.length, now.rows.length);
  for (let row = 0; row < height; row++) {
    const before = old.rows[row] ?? [];
    const after = now.rows[row] ?? [];
    for (
      let column = 0;
      column < Math.max(before.length, after.length);
      column++
    ) {
      if (before[column] !== after[column]) {
        if (column < before.length) {
          marks.old.add(`${row}:${column}`);
        }
        if (column < after.length) {
          marks.new.add(`${row}:${column}`);
        }
      }
    }
  }
  return marks;
}
