import { ConflictError } from '@backstage/errors';
import {
  DatasetMapping,
  MigrationPlan,
  parsePlan,
} from 'backstage-plugin-dataset-migration-common';
import { PlanRecord } from '../database/records';

/**
 * The plan and mapping of a stored version, read again from its exact text.
 *
 * @throws ConflictError while the plan has errors.
 */
export function planOf(record: PlanRecord): {
  plan: MigrationPlan;
  mapping: DatasetMapping;
} {
  const { plan } = parsePlan(record.text);
  if (!plan || !record.mapping) {
    throw new ConflictError(
      'The plan has errors: correct them before you go on.',
    );
  }
  return { plan, mapping: record.mapping };
}
