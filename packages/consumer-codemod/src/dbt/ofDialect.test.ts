import { ofDialect } from './ofDialect';

const POSTGRES = [
  { name: 'id', type: 'BIGINT' },
  { name: 'at', type: 'TIMESTAMP WITHOUT TIME ZONE' },
  { name: 'price', type: 'DOUBLE PRECISION' },
  { name: 'note', type: 'CHARACTER VARYING(256)' },
  { name: 'other' },
];

describe('ofDialect', () => {
  it.each([
    ['bigquery', ['BIGINT', 'TIMESTAMP', 'FLOAT64', 'STRING', undefined]],
    ['snowflake', ['BIGINT', 'TIMESTAMP_NTZ', 'FLOAT', 'VARCHAR', undefined]],
  ] as const)('takes types of Postgres for a guess in %s', (dialect, types) => {
    const columns = ofDialect(POSTGRES, dialect);
    expect(columns.map(({ type }) => type)).toEqual(types);
    expect(columns.every(({ guessed }) => guessed)).toBe(true);
  });

  it.each([
    [
      'bigquery',
      ['INT64', 'TIMESTAMP', 'FLOAT64', 'STRING', 'STRUCT<a INT64>'],
    ],
    [
      'snowflake',
      ['NUMBER(38,0)', 'TIMESTAMP_NTZ(9)', 'FLOAT', 'TEXT', 'VARIANT'],
    ],
  ] as const)('takes types of %s as they are', (dialect, types) => {
    const columns = types.map(type => ({ name: 'a', type }));
    expect(ofDialect(columns, dialect)).toEqual(columns);
  });
});
