import { ActionDependencies } from '../api/MigrationApi';
import { createMigrationAction } from './createMigrationAction';
import { rollbackExamples } from './examples';

/** Takes a whole migration back. */
export function createRollbackAction(dependencies: ActionDependencies) {
  return createMigrationAction(dependencies, {
    id: 'dataset-migration:rollback',
    description:
      'Takes a dataset migration back: closes unmerged pull requests, deletes their branches, and proposes the reverse of what is merged.',
    examples: rollbackExamples,
    action: 'roll-back',
    takes: { reason: 'Why, kept in the activity of the migration' },
    endsWhen: 'all is closed, reversed or proposed to be',
    affectedTargets: 'Targets that are taken back',
  });
}
