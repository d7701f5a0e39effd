import {
  createConditionExports,
  createPermissionRule,
} from '@backstage/plugin-permission-node';
import { z } from 'zod';
import { targetResourceRef } from './targetResourceRef';

/** Allows those whose claims (their own reference and their groups) name the target's owner. */
export const isTargetOwner = createPermissionRule({
  name: 'IS_TARGET_OWNER',
  description: 'Allow targets whose consumer is owned by one of the claims',
  resourceRef: targetResourceRef,
  paramsSchema: z.object({
    claims: z
      .array(z.string())
      .describe('Entity references of which one must own the consumer'),
  }),
  apply: (target, { claims }) =>
    target.owner !== undefined &&
    claims.some(claim => normalise(claim) === normalise(target.owner ?? '')),
  toQuery: ({ claims }) => ({ owner: claims.map(normalise) }),
});

/** References are compared without case, as the catalog does. */
function normalise(ref: string): string {
  return ref.toLocaleLowerCase('en-US');
}

/** Every rule for targets, by name. */
export const targetPermissionRules = { isTargetOwner };

const { conditions, createConditionalDecision } = createConditionExports({
  resourceRef: targetResourceRef,
  rules: targetPermissionRules,
});

/** Conditions for permission policies: `datasetMigrationTargetConditions.isTargetOwner({ claims })`. */
export const datasetMigrationTargetConditions = conditions;

/** A conditional decision of a permission policy about targets. */
export const createDatasetMigrationTargetConditionalDecision =
  createConditionalDecision;
