import { createPermissionResourceRef } from '@backstage/plugin-permission-node';
import { RESOURCE_TYPE_DATASET_MIGRATION_TARGET } from 'backstage-plugin-dataset-migration-common';

/** What rules may look at when they decide about one target. */
export interface TargetResource {
  id: string;
  migrationId: string;
  /** Entity reference; absent for code that no entity owns. */
  consumer?: string;
  /** Entity reference of the owner, from the catalog. */
  owner?: string;
}

/** What a rule asks of a list of targets. */
export interface TargetResourceQuery {
  /** Any of these owners. */
  owner: string[];
}

/** The resource of permissions that are decided per target. */
export const targetResourceRef = createPermissionResourceRef<
  TargetResource,
  TargetResourceQuery
>().with({
  pluginId: 'dataset-migration',
  resourceType: RESOURCE_TYPE_DATASET_MIGRATION_TARGET,
});
