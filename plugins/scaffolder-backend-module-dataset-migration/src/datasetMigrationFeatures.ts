import { createBackendFeatureLoader } from '@backstage/backend-plugin-api';
import { catalogModuleDatasetMigrationTemplates } from './catalog/catalogModuleDatasetMigrationTemplates';
import { scaffolderModuleDatasetMigration } from './scaffolderModuleDatasetMigration';

/** Actions for the scaffolder and their template for the catalog, added as one. */
export const datasetMigrationFeatures = createBackendFeatureLoader({
  loader: () => [
    scaffolderModuleDatasetMigration,
    catalogModuleDatasetMigrationTemplates,
  ],
});
