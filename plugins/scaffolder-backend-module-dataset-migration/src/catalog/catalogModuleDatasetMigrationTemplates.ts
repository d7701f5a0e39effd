import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { RunTemplateProvider } from './RunTemplateProvider';

/**
 * Adds the template of runs to the catalog, unless `datasetMigration.runTemplate.provide` is
 * false because the operator has one of that name.
 */
export const catalogModuleDatasetMigrationTemplates = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'dataset-migration-templates',
  register(registration) {
    registration.registerInit({
      deps: {
        catalog: catalogProcessingExtensionPoint,
        config: coreServices.rootConfig,
      },
      async init({ catalog, config }) {
        const provide =
          config.getOptionalBoolean('datasetMigration.runTemplate.provide') ??
          true;
        if (provide) {
          catalog.addEntityProvider(new RunTemplateProvider());
        }
      },
    });
  },
});
