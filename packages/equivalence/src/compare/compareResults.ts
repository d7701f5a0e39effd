import { QueryResult } from '../database/ProverDatabase';
import { normalizeResultType } from '../types/normalizeResultType';

export interface CompareOptions {
  /** False where a statement takes columns by position. */
  namesMatter: boolean;
  /** Old column names, lower case, with the names that may stand for them. */
  renamed: Map<string, string>;
  /** Lower-case names of old columns that the new result may lack. */
  droppable: Set<string>;
  /** Columns whose sequence is compared too: the keys of a top-level ORDER BY. */
  orderKeys: string[];
}

export type Comparison = { equal: true } | { equal: false; difference: string };

const RELATIVE_TOLERANCE = 1e-9;

/** Names that DuckDB makes up for expressions: not visible in the warehouse. */
function isMadeUp(name: string): boolean {
  return !/^[A-Za-z_]\w*$/.test(name) || /^_?col\d+$/.test(name);
}

function close(a: number, b: number): boolean {
  return (
    a === b ||
    Math.abs(a - b) <=
      RELATIVE_TOLERANCE * Math.max(1, Math.abs(a), Math.abs(b))
  );
}

function sameValue(a: unknown, b: unknown): boolean {
  if (typeof a === 'number' && typeof b === 'number') return close(a, b);
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, i) => sameValue(item, b[i]));
  }
  if (a && b && typeof a === 'object' && typeof b === 'object') {
    const left = Object.entries(a);
    const right = Object.values(b);
    return (
      left.length === right.length &&
      left.every(([, item], index) => sameValue(item, right[index]))
    );
  }
  return a === b;
}

function sameRow(a: unknown[], b: unknown[]): boolean {
  return a.every((value, index) => sameValue(value, b[index]));
}

function keyOf(row: unknown[]): string {
  return JSON.stringify(row, (_, value) =>
    typeof value === 'number' ? Number(value.toPrecision(8)) : value,
  );
}

/** Equal as multisets; floats within a tolerance, NULL equal to NULL. */
export function sameRows(a: unknown[][], b: unknown[][]): boolean {
  if (a.length !== b.length) return false;
  const buckets = new Map<string, unknown[][]>();
  for (const row of a) {
    const key = keyOf(row);
    buckets.set(key, [...(buckets.get(key) ?? []), row]);
  }
  const left: unknown[][] = [];
  for (const row of b) {
    const bucket = buckets.get(keyOf(row));
    const index = bucket?.findIndex(other => sameRow(other, row)) ?? -1;
    if (bucket && index >= 0) bucket.splice(index, 1);
    else left.push(row);
  }
  // Rounding can put close numbers into different buckets.
  const rest = [...buckets.values()].flat();
  for (const row of left) {
    const index = rest.findIndex(other => sameRow(other, row));
    if (index < 0) return false;
    rest.splice(index, 1);
  }
  return rest.length === 0;
}

function withoutDropped(
  old: QueryResult,
  current: QueryResult,
  droppable: Set<string>,
): QueryResult {
  const present = new Set(current.columns.map(name => name.toLowerCase()));
  const kept = old.columns
    .map((name, index) => ({ name: name.toLowerCase(), index }))
    .filter(({ name }) => present.has(name) || !droppable.has(name))
    .map(({ index }) => index);
  return {
    columns: kept.map(index => old.columns[index]),
    types: kept.map(index => old.types[index]),
    rows: old.rows.map(row => kept.map(index => row[index])),
  };
}

/** Compares an old and a new result: columns, types, then rows. */
export function compareResults(
  oldResult: QueryResult,
  current: QueryResult,
  options: CompareOptions,
): Comparison {
  const old = withoutDropped(oldResult, current, options.droppable);
  const differ = (difference: string): Comparison => ({
    equal: false,
    difference,
  });
  if (old.columns.length !== current.columns.length) {
    return differ(
      `The old query gives ${old.columns.length} columns, the new one ${current.columns.length}`,
    );
  }
  for (const [index, name] of old.columns.entries()) {
    const other = current.columns[index];
    const same =
      name.toLowerCase() === other.toLowerCase() ||
      options.renamed.get(name.toLowerCase()) === other.toLowerCase() ||
      (isMadeUp(name) && isMadeUp(other));
    if (options.namesMatter && !same) {
      return differ(
        `Column ${
          index + 1
        } is called ${name} in the old result and ${other} in the new one`,
      );
    }
    const [oldType, newType] = [old.types[index], current.types[index]].map(
      normalizeResultType,
    );
    if (oldType !== newType) {
      return differ(
        `Column ${name} changes its type: ${oldType} to ${newType}`,
      );
    }
  }
  if (!sameRows(old.rows, current.rows)) return differ('The rows differ');
  const keys = options.orderKeys
    .map(key => old.columns.findIndex(name => name.toLowerCase() === key))
    .filter(index => index >= 0);
  const ordered = old.rows.every((row, position) =>
    keys.every(index => sameValue(row[index], current.rows[position][index])),
  );
  return ordered ? { equal: true } : differ('The order of the rows differs');
}

/** True for a result that cannot tell two queries apart: no row, or only zeros and NULLs in one. */
export function isEmptyResult(result: QueryResult): boolean {
  if (result.rows.length === 0) return true;
  return (
    result.rows.length === 1 &&
    result.rows[0].every(
      value => value === null || value === 0 || value === '0',
    )
  );
}
