import { quoteText } from '../database/names';
import { freshValue } from '../generate/candidateValues';
import { ColumnType } from '../types/ColumnType';

/** The n-th of many different values; every other text differs only in case from the one before. */
export function numberedValue(type: ColumnType, number: number): string {
  if (type.kind !== 'scalar') return 'NULL';
  if (type.name === 'BOOLEAN') return number % 2 === 0 ? 'TRUE' : 'FALSE';
  if (type.name === 'VARCHAR') {
    return quoteText(`${number % 2 === 0 ? 'k' : 'K'}${number >> 1}`);
  }
  return freshValue(type, number);
}

/**
 * A value that depends on both column and row, so that no two columns look
 * the same; now and then a row repeats the value of the row before.
 */
export function variousValue(
  type: ColumnType,
  column: number,
  row: number,
): string {
  if (type.kind !== 'scalar') return 'NULL';
  const turn = (row + column) % 3 === 2 ? row - 1 : row;
  switch (type.name) {
    case 'BOOLEAN':
      // Another rhythm for every column.
      return ((row >> column % 3) + (column >> 2)) % 2 === 0 ? 'TRUE' : 'FALSE';
    case 'VARCHAR': {
      const letter = 'abcd'[(turn >> 1) % 4];
      const text = `k${column}${letter}${turn >> 1}`;
      return quoteText(turn % 2 === 0 ? text : text.toUpperCase());
    }
    case 'BIGINT':
    case 'DOUBLE':
    case 'DECIMAL(38, 9)': {
      const value = 20 + column * 11 + (turn % 50) * 3;
      const sign = turn % 7 === 5 ? '-' : '';
      return `${sign}${value}${type.name === 'BIGINT' ? '' : '.375'}`;
    }
    default:
      return freshValue(type, 3 + column * 5 + (turn % 60) * 2);
  }
}

/** A value beyond all others. */
export function farValue(type: ColumnType, high: boolean): string {
  const name = type.kind === 'scalar' ? type.name : 'JSON';
  switch (name) {
    case 'BIGINT':
    case 'DOUBLE':
    case 'DECIMAL(38, 9)':
      return high ? '4000000000000' : '-4000000000000';
    case 'DATE':
    case 'TIMESTAMP':
    case 'TIMESTAMPTZ':
      return `${name} '${high ? '2096-10-02' : '1931-04-05'}'`;
    case 'VARCHAR':
      return high ? `'zzz'` : `''`;
    default:
      return 'NULL';
  }
}
