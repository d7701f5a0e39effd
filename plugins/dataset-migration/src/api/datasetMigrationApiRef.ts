import { createApiRef } from '@backstage/core-plugin-api';
import { DatasetMigrationApi } from './DatasetMigrationApi';

/** The plugin's API, as the screens call it. */
export const datasetMigrationApiRef = createApiRef<DatasetMigrationApi>({
  id: 'plugin.dataset-migration.api',
});
