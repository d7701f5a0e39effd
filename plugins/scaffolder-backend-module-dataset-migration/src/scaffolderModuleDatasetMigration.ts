import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import {
  createAgentRunAction,
  createDiscoverAction,
  createPublishAction,
  createRollbackAction,
  createSimulateAction,
} from './actions';

/** Adds the actions `dataset-migration:*` to the scaffolder. */
export const scaffolderModuleDatasetMigration = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'dataset-migration',
  register(registration) {
    registration.registerInit({
      deps: {
        scaffolder: scaffolderActionsExtensionPoint,
        auth: coreServices.auth,
        discovery: coreServices.discovery,
      },
      async init({ scaffolder, auth, discovery }) {
        const dependencies = { auth, discovery };
        scaffolder.addActions(
          createAgentRunAction(dependencies),
          createDiscoverAction(dependencies),
          createPublishAction(dependencies),
          createRollbackAction(dependencies),
          createSimulateAction(dependencies),
        );
      },
    });
  },
});
