import { SqlDialect } from 'backstage-plugin-dataset-migration-common';
import { normalizeResultType } from './normalizeResultType';

/** How an expression's type relates to the type the old field had. */
export type TypeFit = 'exact' | 'widening' | 'lossy' | 'unknown';

/**
 * What is not exact, by dialect: `from` (the expression) to `to` (the old
 * field). Widening is what the warehouse converts by itself without losing a
 * value (BigQuery "Conversion rules", Snowflake "Data type conversion");
 * everything not listed is lossy.
 */
const WIDENING: Record<SqlDialect, Array<[from: string, to: string]>> = {
  bigquery: [
    ['INTEGER', 'DECIMAL'],
    ['INTEGER', 'DOUBLE'],
    ['DECIMAL', 'DOUBLE'],
    ['DATE', 'TIMESTAMP'],
    ['DATE', 'TIMESTAMP WITH TIME ZONE'],
    // The engine has one function for both of BigQuery's time points.
    ['TIMESTAMP', 'TIMESTAMP WITH TIME ZONE'],
  ],
  snowflake: [
    ['INTEGER', 'DECIMAL'],
    ['INTEGER', 'DOUBLE'],
    ['DECIMAL', 'DOUBLE'],
    ['DATE', 'TIMESTAMP'],
    ['TIMESTAMP', 'TIMESTAMP WITH TIME ZONE'],
  ],
};

/** Functions whose translation only differs in how a time point is called. */
const SAME_POINT: Array<[string, string]> = [
  ['TIMESTAMP', 'TIMESTAMP WITH TIME ZONE'],
];

/** Compares two DuckDB result types through the committed table of a dialect. */
export function compareTypes(
  from: string,
  to: string,
  dialect: SqlDialect,
): TypeFit {
  const source = normalizeResultType(from);
  const target = normalizeResultType(to);
  if (source === target || source === '"NULL"' || source === 'NULL') {
    return 'exact';
  }
  if (
    dialect === 'bigquery' &&
    SAME_POINT.some(([a, b]) => a === source && b === target)
  ) {
    return 'exact';
  }
  return WIDENING[dialect].some(([a, b]) => a === source && b === target)
    ? 'widening'
    : 'lossy';
}
