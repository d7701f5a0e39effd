import { PermissionsRegistryService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import {
  datasetMigrationPermissions,
  targetApprovePermission,
} from 'backstage-plugin-dataset-migration-common';
import {
  targetPermissionRules,
  targetResourceRef,
} from 'backstage-plugin-dataset-migration-node';
import { Stores } from './database/stores';

/** Declares the permissions, and how a policy's conditions look at a target. */
export function registerPermissions(
  registry: PermissionsRegistryService,
  stores: Stores,
): void {
  registry.addPermissions(
    datasetMigrationPermissions.filter(
      permission => permission.name !== targetApprovePermission.name,
    ),
  );
  registry.addResourceType({
    resourceRef: targetResourceRef,
    permissions: [targetApprovePermission],
    rules: Object.values(targetPermissionRules),
    getResources: refs =>
      Promise.all(
        refs.map(async ref => {
          const target = await stores.targets.get(ref).catch(absent);
          return (
            target && {
              id: target.id,
              migrationId: target.migrationId,
              consumer: target.consumer,
              owner: target.owner,
            }
          );
        }),
      ),
  });
}

/** A target that is gone is nobody's; a database that fails is not an answer. */
function absent(error: unknown): undefined {
  if (isError(error) && error.name === 'NotFoundError') return undefined;
  throw error;
}
