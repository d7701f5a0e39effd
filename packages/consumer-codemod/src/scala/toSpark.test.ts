import { parseExpression } from '../rewrite/Expression';
import { InProcessParser } from '../parser/InProcessParser';
import { testMapping } from '../testing';
import { toSpark } from './toSpark';

const MAPPING = testMapping();

async function translate(text: string, mapping = MAPPING) {
  const expression = await parseExpression(
    text,
    'bigquery',
    new InProcessParser(),
  );
  expect(expression).toBeDefined();
  return expression && toSpark(expression, { mapping });
}

describe('toSpark', () => {
  it.each([
    ['country_code', 'country_code'],
    ['clicks + views', 'clicks + views'],
    ['CAST(NULL AS INT64)', 'CAST(NULL AS BIGINT)'],
    ['CAST(NULL AS STRING)', 'CAST(NULL AS STRING)'],
    ['CAST(clicks AS STRING)', 'CAST(clicks AS STRING)'],
    ['CAST(clicks AS FLOAT64) / 100', 'CAST(clicks AS DOUBLE) / 100'],
    [
      'COALESCE(CAST(clicks AS STRING), country_code)',
      'COALESCE(CAST(clicks AS STRING), country_code)',
    ],
  ])('says %s', async (text, spark) => {
    expect(await translate(text)).toBe(spark);
  });

  it.each([
    'CAST(country_code AS INT64)',
    'SAFE_CAST(country_code AS INT64)',
    'CAST(NULL AS GEOGRAPHY)',
    'CAST(event_ms AS TIMESTAMP)',
    'CAST(clicks AS FLOAT64) / views',
    'CAST(clicks AS FLOAT64) / 0',
    'CAST(clicks AS FLOAT64) / 1.5',
    'CAST(clicks AS INT64) / 100',
    'CAST(clicks + views AS STRING)',
    "CONCAT('CAST(NULL AS INT64)', CAST(clicks AS STRING))",
    'clicks / 2',
  ])('does not say %s', async text => {
    expect(await translate(text)).toBeUndefined();
  });

  it('translates no other dialect', async () => {
    const mapping = testMapping({ dialect: 'snowflake' });
    expect(await translate('CAST(NULL AS INT64)', mapping)).toBeUndefined();
  });
});
