import { InProcessParser } from '../parser/InProcessParser';
import { rewriteConsumer } from '../rewriteConsumer';
import { testMapping } from '../testing';
import { readManifests } from './readManifests';

const metadata = {
  dbt_schema_version: 'https://schemas.getdbt.com/dbt/manifest/v12.json',
};
const MANIFEST = {
  metadata,
  nodes: {
    'model.shop.activity': {
      relation_name: '`shop`.`analytics`.`t1`',
      columns: {},
    },
    'model.shop.activity_next': { relation_name: '`shop`.`analytics`.`t2`' },
    'test.shop.x': { relation_name: '`shop`.`analytics`.`t1`' },
  },
  sources: {
    'source.shop.lake.act': { relation_name: 'shop.analytics.t1' },
  },
};
const CATALOG = {
  metadata: {
    dbt_schema_version: 'https://schemas.getdbt.com/dbt/catalog/v1.json',
  },
  nodes: {
    'model.shop.users': {
      columns: {
        ID: { type: 'INT64', index: 1, name: 'ID' },
        CLICKS: { type: 'INT64', index: 2, name: 'CLICKS' },
      },
    },
  },
};

function rewrite(files: Record<string, string>) {
  return rewriteConsumer({
    mapping: testMapping({ rows: { grain: 'same' } }),
    answers: [],
    files: Object.entries(files).map(([path, text]) => ({
      path,
      content: Buffer.from(text),
    })),
    parser: new InProcessParser(),
  });
}

describe('readManifests', () => {
  it('knows the dataset by the names of the manifest', async () => {
    const files = {
      'target/manifest.json': JSON.stringify(MANIFEST),
      'models/a.sql': "select country from {{ ref('activity') }}",
    };
    const result = await rewrite(files);
    expect(result.files.map(({ after }) => after.toString())).toEqual([
      "select country_code AS country from {{ ref('activity_next') }}",
    ]);
    const without = await rewrite({ 'models/a.sql': files['models/a.sql'] });
    expect(without.outcome).toBe('not-affected');
  });

  it('knows all columns of what the catalog lists', async () => {
    const model =
      "select clicks from {{ ref('t1') }} a join {{ ref('users') }} u on u.id = a.id join {{ ref('o') }} o on o.x = a.id";
    const result = await rewrite({
      'target/catalog.json': JSON.stringify(CATALOG),
      'models/a.sql': model,
    });
    expect(result.files[0].after.toString()).toContain('select u.clicks from');
  });

  it.each([
    '',
    '{',
    '[]',
    '{"metadata":{}}',
    '{"metadata":{"dbt_schema_version":"x"},"nodes":[1]}',
    '{"metadata":{"dbt_schema_version":"x"},"nodes":{"model.a.b":null,"x":1}}',
  ])('takes nothing from %s', text => {
    expect(
      readManifests([{ path: 'manifest.json', content: Buffer.from(text) }]),
    ).toEqual([]);
  });
});
