import {
  AuthorizeResult,
  isPermission,
  isResourcePermission,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import {
  campaignCreatePermission,
  migrationAdministerPermission,
  migrationReadPermission,
  RESOURCE_TYPE_DATASET_MIGRATION_TARGET,
  targetApprovePermission,
} from 'backstage-plugin-dataset-migration-common';
import {
  createDatasetMigrationTargetConditionalDecision,
  datasetMigrationTargetConditions,
} from 'backstage-plugin-dataset-migration-node';

const ADMINS = 'group:default/portal-admins';
const ENGINEERS = 'group:default/data-platform';

/**
 * Three roles: admins may do everything, engineers of the data platform run migrations,
 * and owners decide on the consumers they own. A pattern for your own policy.
 */
export class DemoPermissionPolicy implements PermissionPolicy {
  async handle(
    request: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    const { permission } = request;
    if (!permission.name.startsWith('dataset-migration.')) {
      return { result: AuthorizeResult.ALLOW };
    }
    const claims = user?.info.ownershipEntityRefs ?? [];
    if (claims.includes(ADMINS)) return { result: AuthorizeResult.ALLOW };
    if (isPermission(permission, migrationReadPermission)) {
      return { result: AuthorizeResult.ALLOW };
    }
    if (
      isResourcePermission(
        permission,
        RESOURCE_TYPE_DATASET_MIGRATION_TARGET,
      ) &&
      isPermission(permission, targetApprovePermission)
    ) {
      return createDatasetMigrationTargetConditionalDecision(
        permission,
        datasetMigrationTargetConditions.isTargetOwner({ claims }),
      );
    }
    const adminsOnly =
      isPermission(permission, migrationAdministerPermission) ||
      isPermission(permission, campaignCreatePermission);
    return {
      result:
        !adminsOnly && claims.includes(ENGINEERS)
          ? AuthorizeResult.ALLOW
          : AuthorizeResult.DENY,
    };
  }
}
