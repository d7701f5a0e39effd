import { ActionDependencies } from '../api/MigrationApi';
import { createMigrationAction } from './createMigrationAction';
import { simulateExamples } from './examples';

/** Writes and verifies the changes of a migration's targets; nothing outside of the runs changes. */
export function createSimulateAction(dependencies: ActionDependencies) {
  return createMigrationAction(dependencies, {
    id: 'dataset-migration:simulate',
    description:
      "Writes and verifies the changes of a dataset migration's targets. Nothing outside of the runs' workspaces changes.",
    examples: simulateExamples,
    action: 'simulate',
    takes: { targetIds: 'Only these targets; all that wait when absent' },
    endsWhen: 'every change is ready for review',
    affectedTargets: 'Targets that were started',
  });
}
