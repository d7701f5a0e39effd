import { testMapping } from '../testing';
import { NameMatcher } from './NameMatcher';

function matcherOf(
  from: string[],
  to: string[],
  dialect: 'bigquery' | 'snowflake' = 'bigquery',
) {
  const mapping = testMapping({ dialect });
  const names = { dbtSources: [], dbtRefs: [], patterns: [], symbols: [] };
  return new NameMatcher({
    ...mapping,
    from: { ...mapping.from, names: { ...names, tables: from } },
    to: { ...mapping.to, names: { ...names, tables: to } },
  });
}

describe('NameMatcher', () => {
  it('finds a shorter form where the tables have one name', () => {
    const matcher = matcherOf(['p.old.events'], ['p.new.events']);
    expect('FROM old.events'.match(matcher.mentions() ?? /(?!)/)).toHaveLength(
      1,
    );
    expect('FROM new.events'.match(matcher.mentions() ?? /(?!)/)).toBeNull();
    expect(matcher.matchTable('old.events')).toEqual({
      replacement: 'new.events',
    });
  });

  it.each([
    'prod_ads.t_{{ ds }}',
    'prod_ads.t_$day',
    '${env}_ads.t_${day}',
    '{env}_ads.t_{day}',
    'p:prod_ads.t_%s',
    'prod_ads.t_%(day)s',
    '%s_ads.t_20200101',
  ])('finds a pattern with the holes of every language: %s', text => {
    const mapping = testMapping();
    const names = {
      tables: ['none'],
      dbtSources: [],
      dbtRefs: [],
      symbols: [],
    };
    const matcher = new NameMatcher({
      ...mapping,
      from: {
        ...mapping.from,
        names: { ...names, patterns: ['${env}_ads.t_${day}'] },
      },
      to: {
        ...mapping.to,
        names: { ...names, patterns: ['${env}_ads.u_${day}'] },
      },
    });
    expect(matcher.mentions()?.test(`x ${text}`)).toBe(true);
    expect(matcher.needles().some(needle => text.includes(needle))).toBe(true);
    const plain = text.replace('p:', '');
    expect(matcher.matchTable(plain)).toEqual({
      replacement: plain.replace('.t_', '.u_'),
    });
  });

  it('folds case in Snowflake only', () => {
    const lower = ['db.raw.events'];
    const next = ['db.raw.events_next'];
    const snowflake = matcherOf(lower, next, 'snowflake');
    expect(snowflake.matchTable('RAW.EVENTS')).toEqual({
      replacement: 'raw.events_next',
    });
    expect(snowflake.mentions()?.test('from DB.RAW.Events')).toBe(true);
    expect(snowflake.matchTable('"RAW"."EVENTS"')).toEqual({
      replacement: '"RAW"."EVENTS_NEXT"',
    });
    expect(snowflake.matchTable('"Raw"."Events"')).toBeUndefined();
    const bigquery = matcherOf(lower, next);
    expect(bigquery.matchTable('RAW.EVENTS')).toBeUndefined();
    expect(bigquery.mentions()?.test('from DB.RAW.Events')).toBe(false);
  });

  it.each([
    ['FROM `p.ds.t`', true],
    ['FROM p.ds.t2', true],
    ['FROM p.ds.u', false],
  ])('looks first for what every mention has: %s', (text, found) => {
    const matcher = matcherOf(['p.ds.t'], ['p.ds.t2']);
    // Too much is found here, never too little.
    expect(matcher.needles().some(needle => text.includes(needle))).toBe(found);
  });
});
