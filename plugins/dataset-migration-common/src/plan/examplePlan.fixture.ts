import { DataContract } from '../contract/DataContract';

const plain = { required: false, unique: false, primaryKey: false };

export const oldContract: DataContract = {
  id: 'user-activity',
  version: '1.0.0',
  table: 'user_activity_v1',
  tables: [
    'acme.analytics.user_activity_v1',
    'analytics.user_activity_v1',
    'user_activity_v1',
  ],
  fields: [
    { name: 'user_id', type: 'INTEGER', ...plain },
    { name: 'country', type: 'STRING', ...plain },
    { name: 'activity_ts', type: 'TIMESTAMP', ...plain },
    { name: 'score', type: 'FLOAT64', ...plain },
    { name: 'legacy_id', type: 'STRING', ...plain },
  ],
};

export const newContract: DataContract = {
  id: 'user-activity',
  version: '2.0.0',
  table: 'user_activity_v2',
  fields: [
    { name: 'user_id', type: 'INT64', ...plain },
    { name: 'country_code', type: 'STRING', ...plain },
    { name: 'event_ms', type: 'INT64', ...plain },
    { name: 'quality_score', type: 'FLOAT64', ...plain },
    { name: 'rank', type: 'INT64', ...plain },
    { name: 'is_deleted', type: 'BOOL', ...plain },
  ],
};

/** Everything in it is supported. */
export const smallPlan = `apiVersion: dataset-migration/v1alpha1
kind: MigrationPlan
metadata:
  name: user-activity-v2
spec:
  owner: group:default/data-platform
  deadline: 2027-03-31
  from:
    dataset: resource:default/user-activity-v1
    contract: ./contracts/user-activity-v1.odcs.yaml
    names:
      dbt: { source: [raw, user_activity_v1] }
      patterns: ['\${env}_analytics.user_activity_v1']
  to:
    # the new version
    dataset: resource:default/user-activity-v2
    contract: ./contracts/user-activity-v2.odcs.yaml
  mapping:
    dialect: bigquery
    rows: { grain: same, where: NOT is_deleted }
    fields:
      country: country_code
      activity_ts: { is: TIMESTAMP_MILLIS(event_ms) }
      score:
        ask: Which score does this consumer need?
        options:
          - { label: Quality, is: quality_score }
          - { label: Rank, is: 1.0 / rank }
      legacy_id: { gone: No equivalent. }
  rollout: { waves: [{ name: canary, share: 5%, atLeast: 3 }, { share: 25% }, { share: 100% }] }
  limits: { concurrency: 20, timeout: PT30M, attempts: 3 }
  workflow: default
`;

/** The example of the documentation, with all that it can say. */
export const fullPlan = `apiVersion: dataset-migration/v1alpha1
kind: MigrationPlan
metadata:
  name: user-activity-v2
  title: User activity v1 to v2
  description: New scores; v1 is deleted after the deadline.
  links:
    - { title: Migration guide, url: https://example.com/guides/user-activity-v2 }
spec:
  owner: group:default/data-platform
  deadline: 2027-03-31
  from:
    dataset: resource:default/user-activity-v1
    contract: ./contracts/user-activity-v1.odcs.yaml
    names:
      dbt: { source: [raw, user_activity_v1] }
      patterns: ['\${env}_analytics.user_activity_v1']
      symbols: [UserActivityV1]
  to:
    dataset: resource:default/user-activity-v2
    contract: ./contracts/user-activity-v2.odcs.yaml
    names: { dbt: { source: [raw, user_activity_v2] }, patterns: ['\${env}_analytics.user_activity_v2'] }
  mapping:
    dialect: bigquery
    output: keep
    rows: { grain: same, where: NOT is_deleted }
    fields:
      country: country_code
      activity_ts: { is: TIMESTAMP_MILLIS(event_ms) }
      app_version: { is: "CONCAT(platform, '/', version)" }
      score:
        ask: Which score does this consumer need?
        options:
          - { label: Quality, is: quality_score }
          - { label: Rank, is: 1.0 / rank }
        guide: https://example.com/guides/score
      legacy_id: { gone: No equivalent., guide: https://example.com/guides/ids }
  consumers:
    relations: [dependsOn, consumesApi]
    depth: 1
    exclude: [{ 'metadata.name': { $hasPrefix: sandbox- } }]
    paths: { 'component:default/billing': [sql/**] }
  workflow: default
  agent: { use: codemod, then: claude }
  verify: { require: equivalent, otherwise: review }
  approval: { by: owner, fourEyes: true, auto: [], sensitive: [{ 'metadata.labels.tier': '1' }] }
  rollout:
    order: [criticality, lineage]
    waves: [{ name: canary, share: 5%, atLeast: 3 }, { share: 25% }, { share: 100% }]
    proceed: { merged: 80%, after: P3D }
    soak: PT4H
    halt: { errorRate: 10%, atLeast: 5 }
    onHalt: rollback
    windows: [{ days: mon-fri, from: '09:00', to: '16:00', timezone: owner }]
    publish: { draft: false, automerge: false }
  limits: { concurrency: 20, timeout: PT30M, attempts: 3, resources: { cpu: 1, memory: 1Gi, disk: 2Gi }, budget: { usd: 200 } }
  data: { up: { event_ms: UNIX_MILLIS(activity_ts) }, copy: true, validate: { counts: true, checksums: true, sample: 1% } }
`;
