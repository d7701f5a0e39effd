import { DatasetMapping } from 'backstage-plugin-dataset-migration-common';
import { contractField as field } from './contractField';

/** A named hole of a pattern, as plans write it. */
const HOLE = ['$', '{env}'].join('');

/** The mapping that the plan format is explained with. */
export function userActivityMapping(
  change: Partial<DatasetMapping> = {},
): DatasetMapping {
  return {
    version: 3,
    dialect: 'bigquery',
    output: 'keep',
    from: {
      dataset: 'resource:default/user-activity-v1',
      contract: {
        id: 'user-activity-v1',
        version: '1.0.0',
        table: 'prod.analytics.user_activity_v1',
        fields: [
          field('user_id', 'STRING', { required: true }),
          field('country', 'STRING'),
          field('activity_ts', 'TIMESTAMP'),
          field('app_version', 'STRING'),
          field('score', 'FLOAT64'),
          field('legacy_id', 'INT64'),
          field('sessions', 'INT64'),
        ],
      },
      names: {
        tables: ['prod.analytics.user_activity_v1'],
        dbtSources: [['raw', 'user_activity_v1']],
        dbtRefs: ['user_activity_v1'],
        patterns: [`${HOLE}_analytics.user_activity_v1`],
        symbols: [],
      },
    },
    to: {
      dataset: 'resource:default/user-activity-v2',
      contract: {
        id: 'user-activity-v2',
        version: '2.0.0',
        table: 'prod.analytics.user_activity_v2',
        fields: [
          field('user_id', 'STRING', { required: true }),
          field('country_code', 'STRING'),
          field('platform', 'STRING', { enum: ['ios', 'android', 'web'] }),
          field('version', 'STRING'),
          field('event_ms', 'INT64'),
          field('quality_score', 'FLOAT64'),
          field('rank', 'INT64'),
          field('sessions', 'INT64'),
          field('is_deleted', 'BOOL', { required: true }),
        ],
      },
      names: {
        tables: ['prod.analytics.user_activity_v2'],
        dbtSources: [['raw', 'user_activity_v2']],
        dbtRefs: ['user_activity_v2'],
        patterns: [`${HOLE}_analytics.user_activity_v2`],
        symbols: [],
      },
    },
    rows: { grain: 'same', where: 'NOT is_deleted' },
    fields: [
      { kind: 'same', name: 'user_id', is: 'user_id' },
      { kind: 'rename', name: 'country', is: 'country_code' },
      {
        kind: 'expression',
        name: 'activity_ts',
        is: 'TIMESTAMP_MILLIS(event_ms)',
      },
      {
        kind: 'expression',
        name: 'app_version',
        is: `CONCAT(platform, '/', version)`,
      },
      {
        kind: 'ask',
        name: 'score',
        question: 'Which score does this consumer need?',
        options: [
          { label: 'Quality', is: 'quality_score' },
          { label: 'Rank', is: '1.0 / rank' },
        ],
      },
      { kind: 'gone', name: 'legacy_id', reason: 'No equivalent.' },
      { kind: 'same', name: 'sessions', is: 'sessions' },
    ],
    ...change,
  };
}
