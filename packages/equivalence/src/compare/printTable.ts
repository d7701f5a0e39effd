import { PrintableTable } from 'backstage-plugin-dataset-migration-common';
import { QueryResult } from '../database/ProverDatabase';

const MAX_ROWS = 20;
const MAX_LENGTH = 200;

function printValue(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
}

/** A result as text, cut to what a person can take in. */
export function printTable(result: QueryResult): PrintableTable {
  return {
    columns: result.columns,
    rows: result.rows.slice(0, MAX_ROWS).map(row => row.map(printValue)),
  };
}
