import {
  createApiFactory,
  createPlugin,
  createRoutableExtension,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { createDatasetMigrationApi, datasetMigrationApiRef } from './api';
import { entityContentRouteRef, rootRouteRef } from './routes';

/** The plugin for apps on the classic frontend system. */
export const datasetMigrationPlugin = createPlugin({
  id: 'dataset-migration',
  apis: [
    createApiFactory({
      api: datasetMigrationApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: createDatasetMigrationApi,
    }),
  ],
  routes: { root: rootRouteRef, entityContent: entityContentRouteRef },
});

/** Every migration and campaign; mount it at `/dataset-migration`. */
export const MigrationPage = datasetMigrationPlugin.provide(
  createRoutableExtension({
    name: 'MigrationPage',
    component: () =>
      import('./components/Campaigns/ClassicMigrationPage').then(
        module => module.ClassicMigrationPage,
      ),
    mountPoint: rootRouteRef,
  }),
);

/** The Migration tab; mount it at `/migration` of the entity page of datasets. */
export const EntityMigrationContent = datasetMigrationPlugin.provide(
  createRoutableExtension({
    name: 'EntityMigrationContent',
    component: () =>
      import('./components/EntityMigration/EntityMigration').then(
        module => module.EntityMigration,
      ),
    mountPoint: entityContentRouteRef,
  }),
);
