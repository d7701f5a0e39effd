import { MigrationRecord, PlanRecord, TargetRecord } from '../database/records';

/** A migration as tests need one; times start at 1000. */
export function aMigration(
  changes: Partial<MigrationRecord> = {},
): MigrationRecord {
  return {
    id: 'migration-1',
    dataset: 'resource:default/user-activity-v1',
    name: 'user-activity',
    title: 'User activity',
    state: 'active',
    planVersion: 1,
    createdBy: 'user:default/ada',
    createdAt: 1_000,
    updatedAt: 1_000,
    ...changes,
  };
}

export function aPlan(changes: Partial<PlanRecord> = {}): PlanRecord {
  return {
    migrationId: 'migration-1',
    version: 1,
    text: 'kind: DatasetMigration\n',
    problems: [],
    createdBy: 'user:default/ada',
    createdAt: 1_000,
    ...changes,
  };
}

export function aTarget(changes: Partial<TargetRecord> = {}): TargetRecord {
  const id = changes.id ?? 'target-1';
  return {
    id,
    migrationId: 'migration-1',
    consumer: `component:default/${id}`,
    owner: 'group:default/reporting',
    depth: 1,
    discoveredBy: ['catalog'],
    repository: `forge.example/acme/${id}`,
    paths: [],
    excludedPaths: [],
    state: 'pending',
    wave: 0,
    answers: [],
    createdAt: 1_000,
    updatedAt: 1_000,
    version: 1,
    ...changes,
  };
}
