import { SqlDialect } from 'backstage-plugin-dataset-migration-common';
import { tokens } from './polyglot';

const ENDS =
  /^(ORDER_BY|ORDER|LIMIT|UNION|INTERSECT|EXCEPT|QUALIFY|WINDOW|OFFSET)$/;

/** DuckDB wants WINDOW before QUALIFY; BigQuery has it the other way round. */
export function windowBeforeQualify(sql: string): string {
  if (!/\bQUALIFY\b[\s\S]*\bWINDOW\b/i.test(sql)) return sql;
  const list = tokens(sql, 'duckdb' as unknown as SqlDialect);
  const points = Array.from(sql);
  const text = (start: number, end: number) =>
    points.slice(start, end).join('');
  for (const [index, token] of list.entries()) {
    if (token.type !== 'QUALIFY') continue;
    const window = clauseEnd(list, index);
    if (list[window]?.type !== 'WINDOW') continue;
    const end = clauseEnd(list, window);
    const stop = list[end]?.start ?? points.length;
    return windowBeforeQualify(
      `${text(0, token.start)}${text(list[window].start, stop)} ${text(
        token.start,
        list[window].start,
      )}${text(stop, points.length)}`,
    );
  }
  return sql;
}

/** Index of the token behind the clause that starts at `from`. */
function clauseEnd(list: ReturnType<typeof tokens>, from: number): number {
  let depth = 0;
  for (let index = from + 1; index < list.length; index++) {
    const { type } = list[index];
    if (type === 'L_PAREN') depth++;
    if (type === 'R_PAREN' && --depth < 0) return index;
    if (depth === 0 && ENDS.test(type)) return index;
  }
  return list.length;
}
