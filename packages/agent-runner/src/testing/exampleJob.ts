import { RunJob } from 'backstage-plugin-dataset-migration-common';

const plain = { required: false, unique: false, primaryKey: false };

/** A job that renames `country` and leaves deleted rows out. */
export function exampleJob(
  backendUrl: string,
  change: {
    run?: Partial<RunJob['run']>;
    target?: Partial<RunJob['target']>;
    limits?: Partial<RunJob['limits']>;
    patch?: string;
  } = {},
): RunJob {
  return {
    apiVersion: 'dataset-migration/v1alpha1',
    kind: 'RunJob',
    run: {
      id: 'run-1',
      kind: 'simulate',
      attempt: 1,
      token: 7,
      seed: 42,
      ...change.run,
    },
    target: {
      id: 'target-1',
      consumer: 'component:default/reports',
      repository: 'forge.example/acme/reports',
      paths: [],
      excludedPaths: [],
      ...change.target,
    },
    mapping: {
      version: 1,
      dialect: 'bigquery',
      output: 'keep',
      from: {
        dataset: 'resource:default/user-activity-v1',
        contract: {
          id: 'user-activity',
          version: '1.0.0',
          table: 'user_activity_v1',
          fields: [
            { name: 'user_id', type: 'INT64', ...plain },
            { name: 'country', type: 'STRING', ...plain },
          ],
        },
        names: {
          tables: [
            'acme.analytics.user_activity_v1',
            'analytics.user_activity_v1',
          ],
          dbtSources: [['raw', 'user_activity_v1']],
          dbtRefs: ['user_activity_v1'],
          patterns: [],
          symbols: [],
        },
      },
      to: {
        dataset: 'resource:default/user-activity-v2',
        contract: {
          id: 'user-activity',
          version: '2.0.0',
          table: 'user_activity_v2',
          fields: [
            { name: 'user_id', type: 'INT64', ...plain },
            { name: 'country_code', type: 'STRING', ...plain },
            { name: 'is_deleted', type: 'BOOL', ...plain },
          ],
        },
        names: {
          tables: [
            'acme.analytics.user_activity_v2',
            'analytics.user_activity_v2',
          ],
          dbtSources: [['raw', 'user_activity_v2']],
          dbtRefs: ['user_activity_v2'],
          patterns: [],
          symbols: [],
        },
      },
      rows: { grain: 'same', where: 'NOT is_deleted' },
      fields: [
        { kind: 'same', name: 'user_id', is: 'user_id' },
        { kind: 'rename', name: 'country', is: 'country_code' },
      ],
    },
    answers: [],
    ...(change.patch !== undefined && { patch: change.patch }),
    agent: 'codemod',
    limits: {
      timeoutMs: 60_000,
      memoryMb: 2048,
      maxFiles: 1000,
      maxPatchBytes: 1_000_000,
      ...change.limits,
    },
    backendUrl,
  };
}
