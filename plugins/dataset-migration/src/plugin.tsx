import {
  ApiBlueprint,
  PageBlueprint,
  createFrontendPlugin,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/frontend-plugin-api';
import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { RiExchangeLine } from '@remixicon/react';
import { createDatasetMigrationApi, datasetMigrationApiRef } from './api';
import { entityContentRouteRef, rootRouteRef } from './routes';

const api = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: datasetMigrationApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: createDatasetMigrationApi,
    }),
});

const migrationPage = PageBlueprint.make({
  params: {
    path: '/dataset-migration',
    title: 'Migrations',
    icon: <RiExchangeLine />,
    routeRef: rootRouteRef,
    loader: () =>
      import('./components/Campaigns/MigrationPageContent').then(module => (
        <module.MigrationPageContent />
      )),
  },
});

const entityMigrationContent = EntityContentBlueprint.make({
  name: 'migration',
  params: {
    path: '/migration',
    title: 'Migration',
    filter: { kind: 'resource', 'spec.type': 'dataset' },
    routeRef: entityContentRouteRef,
    loader: () =>
      import('./components/EntityMigration/EntityMigration').then(module => (
        <module.EntityMigration />
      )),
  },
});

/** The plugin for apps on the new frontend system. */
export default createFrontendPlugin({
  pluginId: 'dataset-migration',
  title: 'Migrations',
  icon: <RiExchangeLine />,
  info: { packageJson: () => import('../package.json') },
  routes: { root: rootRouteRef, entityContent: entityContentRouteRef },
  extensions: [api, migrationPage, entityMigrationContent],
});
