import { rewriteText, testMapping } from './testing';

const base = testMapping();
const mapping = testMapping({
  from: {
    ...base.from,
    names: {
      ...base.from.names,
      tables: ['shop.analytics.t1', 'analytics.t1'],
    },
  },
  to: {
    ...base.to,
    names: { ...base.to.names, tables: ['shop.analytics.t2', 'analytics.t2'] },
  },
});

describe('a bare table name, where the dataset is known', () => {
  it('is not taken for the old dataset', async () => {
    const result = await rewriteText('SELECT COUNT(*) FROM t1', { mapping });
    expect(result.files).toEqual([]);
    expect(result.findings.map(({ reason }) => reason)).toEqual([
      'TABLE_NAME_AMBIGUOUS',
    ]);
  });

  it('may be a common table expression', async () => {
    const result = await rewriteText(
      'WITH t1 AS (SELECT country FROM analytics.t1) SELECT country FROM t1',
      { mapping },
    );
    expect(result.after).toBe(
      'WITH t1 AS (SELECT country_code AS country FROM analytics.t2 WHERE NOT is_deleted) SELECT country FROM t1',
    );
  });
});
