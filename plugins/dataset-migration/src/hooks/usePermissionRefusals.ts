import { usePermission } from '@backstage/plugin-permission-react';
import {
  campaignCreatePermission,
  migrationAdministerPermission,
  migrationCreatePermission,
  migrationPublishPermission,
  migrationRollBackPermission,
  migrationSimulatePermission,
} from 'backstage-plugin-dataset-migration-common';

/** For each kind of action why the signed-in person may not do it; undefined when they may. */
export interface PermissionRefusals {
  create?: string;
  simulate?: string;
  publish?: string;
  rollBack?: string;
  administer?: string;
  campaign?: string;
  /** True until every permission was looked up; till then each is refused. */
  loading: boolean;
}

/** Says who may, so that a disabled button is no riddle. The backend decides again. */
export function usePermissionRefusals(): PermissionRefusals {
  const create = usePermission({ permission: migrationCreatePermission });
  const simulate = usePermission({ permission: migrationSimulatePermission });
  const publish = usePermission({ permission: migrationPublishPermission });
  const rollBack = usePermission({ permission: migrationRollBackPermission });
  const administer = usePermission({
    permission: migrationAdministerPermission,
  });
  const campaign = usePermission({ permission: campaignCreatePermission });
  return {
    create: refusal(create, 'prepare migrations', migrationCreatePermission),
    simulate: refusal(simulate, 'simulate', migrationSimulatePermission),
    publish: refusal(
      publish,
      'publish, pause and resume',
      migrationPublishPermission,
    ),
    rollBack: refusal(rollBack, 'roll back', migrationRollBackPermission),
    administer: refusal(
      administer,
      'cancel, discard and end migrations',
      migrationAdministerPermission,
    ),
    campaign: refusal(campaign, 'run campaigns', campaignCreatePermission),
    loading: [create, simulate, publish, rollBack, administer, campaign].some(
      each => each.loading,
    ),
  };
}

function refusal(
  result: { loading: boolean; allowed: boolean },
  what: string,
  permission: { name: string },
): string | undefined {
  if (result.allowed) {
    return undefined;
  }
  return result.loading
    ? 'Your permissions are being looked up.'
    : `Only people with the permission ${permission.name} may ${what}.`;
}
