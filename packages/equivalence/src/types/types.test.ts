import { columnTypeSql } from './ColumnType';
import { compareTypes } from './compareTypes';
import { normalizeResultType } from './normalizeResultType';
import { parseColumnType } from './parseColumnType';

describe('parseColumnType', () => {
  it.each([
    ['INT64', 'BIGINT'],
    ['string(20)', 'VARCHAR'],
    ['NUMERIC(10, 2)', 'DECIMAL(38, 9)'],
    ['TIMESTAMP', 'TIMESTAMPTZ'],
    ['DATETIME', 'TIMESTAMP'],
    ['ARRAY<STRING>', 'VARCHAR[]'],
    [
      'STRUCT<a INT64, b ARRAY<STRUCT<c DATE, d FLOAT64>>>',
      'STRUCT("a" BIGINT, "b" STRUCT("c" DATE, "d" DOUBLE)[])',
    ],
  ])('reads %s of BigQuery', (text, expected) => {
    expect(columnTypeSql(parseColumnType(text, 'bigquery'))).toBe(expected);
  });

  it.each([
    ['NUMBER', 'BIGINT'],
    ['NUMBER(38,0)', 'BIGINT'],
    ['NUMBER(10,2)', 'DECIMAL(38, 9)'],
    ['VARCHAR(16777216)', 'VARCHAR'],
    ['TIMESTAMP_TZ', 'TIMESTAMPTZ'],
    ['VARIANT', 'JSON'],
  ])('reads %s of Snowflake', (text, expected) => {
    expect(columnTypeSql(parseColumnType(text, 'snowflake'))).toBe(expected);
  });

  it('takes the fields of a record from the contract', () => {
    const nested = {
      name: 'a',
      type: 'INT64',
      required: false,
      unique: false,
      primaryKey: false,
    };

    expect(columnTypeSql(parseColumnType('RECORD', 'bigquery', [nested]))).toBe(
      'STRUCT("a" BIGINT)',
    );
  });

  it('marks what has no counterpart', () => {
    expect(parseColumnType('GEOGRAPHY', 'bigquery')).toEqual({
      kind: 'scalar',
      name: 'VARCHAR',
      known: false,
    });
  });
});

describe('compareTypes', () => {
  it.each([
    ['INTEGER', 'HUGEINT', 'exact'],
    ['DECIMAL(2,1)', 'DECIMAL(38,9)', 'exact'],
    ['BIGINT', 'DOUBLE', 'widening'],
    ['DOUBLE', 'BIGINT', 'lossy'],
    ['VARCHAR', 'DATE', 'lossy'],
    ['TIMESTAMP', 'TIMESTAMP WITH TIME ZONE', 'exact'],
    ['TIMESTAMP WITH TIME ZONE', 'TIMESTAMP', 'lossy'],
  ])('finds %s for %s %s', (from, to, expected) => {
    expect(compareTypes(from, to, 'bigquery')).toBe(expected);
  });

  it('keeps time points of Snowflake apart', () => {
    expect(
      compareTypes('TIMESTAMP', 'TIMESTAMP WITH TIME ZONE', 'snowflake'),
    ).toBe('widening');
  });
});

describe('normalizeResultType', () => {
  it('folds inside of arrays and structs', () => {
    expect(normalizeResultType('STRUCT("x" INTEGER, "y" DECIMAL(4,2))[]')).toBe(
      normalizeResultType('STRUCT("x" BIGINT, "y" DECIMAL(38,9))[]'),
    );
  });
});
