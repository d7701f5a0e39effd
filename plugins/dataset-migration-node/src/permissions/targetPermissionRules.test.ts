import { targetApprovePermission } from 'backstage-plugin-dataset-migration-common';
import {
  createDatasetMigrationTargetConditionalDecision,
  datasetMigrationTargetConditions,
  isTargetOwner,
} from './targetPermissionRules';

describe('IS_TARGET_OWNER', () => {
  const target = {
    id: 'target-1',
    migrationId: 'migration-1',
    owner: 'group:default/reporting',
  };

  it('allows who owns the consumer, in any case', () => {
    const claims = ['user:default/ada', 'Group:default/Reporting'];
    expect(isTargetOwner.apply(target, { claims })).toBe(true);
    expect(isTargetOwner.toQuery({ claims })).toEqual({
      owner: ['user:default/ada', 'group:default/reporting'],
    });
  });

  it('refuses others, and everybody where no owner is known', () => {
    expect(isTargetOwner.apply(target, { claims: ['user:default/ada'] })).toBe(
      false,
    );
    expect(
      isTargetOwner.apply({ ...target, owner: undefined }, { claims: [''] }),
    ).toBe(false);
  });

  it('makes decisions for policies', () => {
    expect(
      createDatasetMigrationTargetConditionalDecision(
        targetApprovePermission,
        datasetMigrationTargetConditions.isTargetOwner({
          claims: ['group:default/reporting'],
        }),
      ),
    ).toMatchObject({
      pluginId: 'dataset-migration',
      resourceType: 'dataset-migration-target',
      result: 'CONDITIONAL',
      conditions: { rule: 'IS_TARGET_OWNER' },
    });
  });
});
