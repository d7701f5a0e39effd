import { Api } from 'backstage-plugin-dataset-migration-common';

/** Cells that differ as `row:column`, and columns that differ, of both results. */
export interface DifferingCells {
  old: DifferingSide;
  new: DifferingSide;
}
interface DifferingSide {
  cells: Set<string>;
  /** Indices of columns with another name than at the same place of the other side. */
  columns: Set<number>;
}

/**
 * What to mark in two results. Rows that both sides have are no difference, wherever they
 * stand; the others are put beside each other in their order, and a row without a partner
 * differs wholly. Where both have the same rows only their order differs, and then the
 * place of each counts.
 */
export function differingCells(
  old: Api.PrintableTable,
  now: Api.PrintableTable,
): DifferingCells {
  const result: DifferingCells = {
    old: { cells: new Set(), columns: extraColumns(old, now) },
    new: { cells: new Set(), columns: extraColumns(now, old) },
  };
  let [left, right] = withoutCommonRows(old.rows, now.rows);
  if (left.length === 0 && right.length === 0) {
    left = old.rows.map((_, index) => index);
    right = now.rows.map((_, index) => index);
  }
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const before = old.rows[left[index]] ?? [];
    const after = now.rows[right[index]] ?? [];
    const width = Math.max(before.length, after.length);
    for (let column = 0; column < width; column++) {
      if (before[column] !== after[column]) {
        if (column < before.length) {
          result.old.cells.add(`${left[index]}:${column}`);
        }
        if (column < after.length) {
          result.new.cells.add(`${right[index]}:${column}`);
        }
      }
    }
  }
  return result;
}

/** Indices of the rows of each side that the other has not, counting how often it has them. */
function withoutCommonRows(
  old: Api.PrintableTable['rows'],
  now: Api.PrintableTable['rows'],
): [number[], number[]] {
  const waiting = new Map<string, number[]>();
  old.forEach((row, index) => {
    const key = JSON.stringify(row);
    waiting.set(key, [...(waiting.get(key) ?? []), index]);
  });
  const common = new Set<number>();
  const right: number[] = [];
  now.forEach((row, index) => {
    const partner = waiting.get(JSON.stringify(row))?.shift();
    if (partner === undefined) {
      right.push(index);
    } else {
      common.add(partner);
    }
  });
  return [
    old.map((_, index) => index).filter(each => !common.has(each)),
    right,
  ];
}

function extraColumns(
  table: Api.PrintableTable,
  other: Api.PrintableTable,
): Set<number> {
  const indices = table.columns.map((_, index) => index);
  return new Set(
    indices.filter(index => table.columns[index] !== other.columns[index]),
  );
}
