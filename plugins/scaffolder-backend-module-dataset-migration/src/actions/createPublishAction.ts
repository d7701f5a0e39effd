import { ActionDependencies } from '../api/MigrationApi';
import { createMigrationAction } from './createMigrationAction';
import { publishExamples } from './examples';

/** Opens pull requests for approved changes, within the forge's limits. */
export function createPublishAction(dependencies: ActionDependencies) {
  return createMigrationAction(dependencies, {
    id: 'dataset-migration:publish',
    description:
      'Opens a pull request for each approved change of a dataset migration. Run again it opens no second one.',
    examples: publishExamples,
    action: 'publish',
    takes: {
      targetIds: 'Only these targets; all that are approved when absent',
    },
    endsWhen: 'the pull requests are open',
    affectedTargets: 'Targets that were started',
  });
}
