import { ConflictError } from '@backstage/errors';
import {
  MigrationPlan,
  Rung,
  RUNGS,
} from 'backstage-plugin-dataset-migration-common';

/**
 * Refuses an approval of a change that was proved less than the plan requires, where the
 * plan says `otherwise: refuse`. With `review`, the default, the owner decides.
 *
 * @throws ConflictError with the rung that is missing.
 */
export function requireRung(plan: MigrationPlan, rung: Rung | undefined): void {
  const { require: required = 'equivalent', otherwise = 'review' } =
    plan.spec.verify ?? {};
  const reached = rung === undefined ? -1 : RUNGS.indexOf(rung);
  if (otherwise === 'refuse' && reached < RUNGS.indexOf(required)) {
    throw new ConflictError(
      `The plan requires "${required}", and this change is ${
        rung ? `only "${rung}"` : 'unverified'
      }. Ask for changes or skip it.`,
    );
  }
}

/**
 * Refuses what the plan's workflow leaves out: it selects steps, and never goes round the
 * order that the states give them.
 *
 * @throws ConflictError for a step that is not in the workflow.
 */
export function requireStep(plan: MigrationPlan, step: string): void {
  const { workflow } = plan.spec;
  if (workflow === undefined || workflow === 'default') return;
  if (!workflow.steps.some(each => each.name === step)) {
    throw new ConflictError(
      `The workflow of the plan has no step "${step}". Change the plan to do it.`,
    );
  }
}
