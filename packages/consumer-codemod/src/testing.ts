import { DatasetMapping } from 'backstage-plugin-dataset-migration-common';
import { InProcessParser } from './parser/InProcessParser';
import { CodemodResult, rewriteConsumer } from './rewriteConsumer';

function side(dataset: string, table: string, fields: [string, string][]) {
  return {
    dataset: `resource:default/${dataset}`,
    contract: {
      id: dataset,
      version: '1.0.0',
      table,
      fields: fields.map(([name, type]) => ({
        name,
        type,
        required: false,
        unique: false,
        primaryKey: false,
      })),
    },
    names: {
      tables: [`shop.analytics.${table}`, `analytics.${table}`, table],
      dbtSources: [['raw', table]] as Array<[string, string]>,
      dbtRefs: [table],
      patterns: [`\${env}_analytics.${table}`],
      symbols: [],
    },
  };
}

/** The mapping of `plan-format.md`'s worked cases: `t1` is a view over `t2`. */
export function testMapping(
  overrides: Partial<DatasetMapping> = {},
): DatasetMapping {
  return {
    version: 1,
    dialect: 'bigquery',
    output: 'keep',
    from: side('t1', 't1', [
      ['id', 'INT64'],
      ['country', 'STRING'],
      ['activity_ts', 'TIMESTAMP'],
      ['ratio', 'FLOAT64'],
    ]),
    to: side('t2', 't2', [
      ['id', 'INT64'],
      ['country_code', 'STRING'],
      ['event_ms', 'INT64'],
      ['clicks', 'INT64'],
      ['views', 'INT64'],
      ['is_deleted', 'BOOL'],
    ]),
    rows: { grain: 'same', where: 'NOT is_deleted' },
    fields: [
      { kind: 'same', name: 'id', is: 'id' },
      { kind: 'rename', name: 'country', is: 'country_code' },
      {
        kind: 'expression',
        name: 'activity_ts',
        is: 'TIMESTAMP_MILLIS(event_ms)',
      },
      { kind: 'expression', name: 'ratio', is: 'clicks + views' },
    ],
    ...overrides,
  };
}

/** Rewrites one file with an in-process parser. */
export async function rewriteText(
  text: string,
  options: {
    path?: string;
    mapping?: DatasetMapping;
    answers?: Parameters<typeof rewriteConsumer>[0]['answers'];
  } = {},
): Promise<CodemodResult & { after: string }> {
  const path = options.path ?? 'query.sql';
  const result = await rewriteConsumer({
    mapping: options.mapping ?? testMapping(),
    answers: options.answers ?? [],
    files: [{ path, content: Buffer.from(text) }],
    parser: new InProcessParser(),
  });
  return { ...result, after: result.files[0]?.after.toString() ?? text };
}
