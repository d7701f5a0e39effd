import { RunJob } from 'backstage-plugin-dataset-migration-common';

const side = {
  dataset: 'resource:default/user-activity-v1',
  contract: {
    id: 'user-activity',
    version: '1.0.0',
    table: 'user_activity_v1',
    fields: [],
  },
  names: { tables: [], dbtSources: [], dbtRefs: [], patterns: [], symbols: [] },
};

/** A job file as tests need one. */
export function aJob(
  run: Partial<RunJob['run']> = {},
  limits: Partial<RunJob['limits']> = {},
): RunJob {
  return {
    apiVersion: 'dataset-migration/v1alpha1',
    kind: 'RunJob',
    run: {
      id: 'run-1',
      kind: 'simulate',
      attempt: 1,
      token: 1,
      seed: 1,
      ...run,
    },
    target: {
      id: 'target-1',
      repository: 'forge.example/acme/target-1',
      paths: [],
      excludedPaths: [],
    },
    mapping: {
      version: 1,
      dialect: 'bigquery',
      output: 'keep',
      from: side,
      to: side,
      rows: { grain: 'same' },
      fields: [],
    },
    answers: [],
    agent: 'codemod',
    limits: {
      timeoutMs: 20_000,
      memoryMb: 128,
      maxFiles: 100,
      maxPatchBytes: 1_000_000,
      ...limits,
    },
    backendUrl: 'http://127.0.0.1/api/dataset-migration',
  };
}
