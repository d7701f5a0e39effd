import { ColumnType } from '../types/ColumnType';

/** Order of two SQL literals of a type. */
export function compareLiterals(
  a: string,
  b: string,
  type: ColumnType,
): number {
  const numeric =
    type.kind === 'scalar' && /BIGINT|DOUBLE|DECIMAL/.test(type.name);
  return numeric ? Number(a) - Number(b) : Number(a > b) - Number(a < b);
}
