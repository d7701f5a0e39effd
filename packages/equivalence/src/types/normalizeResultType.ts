/**
 * Folds DuckDB result types that are one type in a warehouse: all integers,
 * and decimals of any precision. What is left apart is a difference a reader
 * of the result could see.
 */
export function normalizeResultType(type: string): string {
  return type
    .replace(
      /\b(U?TINYINT|U?SMALLINT|U?INTEGER|U?BIGINT|U?HUGEINT)\b/g,
      'INTEGER',
    )
    .replace(/\bDECIMAL\(\d+,\s*\d+\)/g, 'DECIMAL')
    .replace(/\bFLOAT\b/g, 'DOUBLE')
    .replace(/\bTIMESTAMP_(S|MS|NS)\b/g, 'TIMESTAMP')
    .replace(/\bTIMESTAMPTZ\b/g, 'TIMESTAMP WITH TIME ZONE')
    .replace(/"(\w+)"/g, '$1');
}
