import { createPermission } from '@backstage/plugin-permission-common';

/** Resource type of permissions that are decided per target, by its owner. */
export const RESOURCE_TYPE_DATASET_MIGRATION_TARGET =
  'dataset-migration-target';

/** See migrations, their targets, changes and evidence. */
export const migrationReadPermission = createPermission({
  name: 'dataset-migration.migration.read',
  attributes: { action: 'read' },
});

/** Prepare a migration from a plan, and change its plan. */
export const migrationCreatePermission = createPermission({
  name: 'dataset-migration.migration.create',
  attributes: { action: 'create' },
});

/** Start simulate runs. Nothing outside the run's workspace changes. */
export const migrationSimulatePermission = createPermission({
  name: 'dataset-migration.migration.simulate',
  attributes: { action: 'update' },
});

/** Open pull requests, pause and resume the rollout. */
export const migrationPublishPermission = createPermission({
  name: 'dataset-migration.migration.publish',
  attributes: { action: 'update' },
});

/** Close pull requests and open reverse changes. */
export const migrationRollBackPermission = createPermission({
  name: 'dataset-migration.migration.roll-back',
  attributes: { action: 'update' },
});

/** Cancel, discard, end incomplete, and decide for absent owners. */
export const migrationAdministerPermission = createPermission({
  name: 'dataset-migration.migration.administer',
  attributes: { action: 'update' },
});

/** Approve, ask for changes, answer, edit or skip one target. */
export const targetApprovePermission = createPermission({
  name: 'dataset-migration.target.approve',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_DATASET_MIGRATION_TARGET,
});

/** Launch, pause, resume and cancel a fleet-wide campaign. */
export const campaignCreatePermission = createPermission({
  name: 'dataset-migration.campaign.create',
  attributes: { action: 'create' },
});

/** Every permission of the plugin, for the permission registry. */
export const datasetMigrationPermissions = [
  migrationReadPermission,
  migrationCreatePermission,
  migrationSimulatePermission,
  migrationPublishPermission,
  migrationRollBackPermission,
  migrationAdministerPermission,
  targetApprovePermission,
  campaignCreatePermission,
];
