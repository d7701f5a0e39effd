import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { scaffolderServiceRef } from '@backstage/plugin-scaffolder-node';
import {
  datasetMigrationDiscoveryExtensionPoint,
  datasetMigrationFleetsExtensionPoint,
  datasetMigrationPendingSourcesExtensionPoint,
  DiscoverySource,
  Fleet,
  PendingSource,
} from 'backstage-plugin-dataset-migration-node';
import { createServices } from './createServices';
import { registerPermissions } from './registerPermissions';
import { createRouter } from './router/createRouter';
import { scheduleSlices } from './scheduleSlices';

/** The backend of dataset migrations: discovery, orchestration, forge, API. */
export const datasetMigrationPlugin = createBackendPlugin({
  pluginId: 'dataset-migration',
  register(env) {
    const discoverySources: DiscoverySource[] = [];
    const pendingSources: PendingSource[] = [];
    const fleets: Fleet[] = [];
    env.registerExtensionPoint(datasetMigrationDiscoveryExtensionPoint, {
      addSource: (...sources) => discoverySources.push(...sources),
    });
    env.registerExtensionPoint(datasetMigrationPendingSourcesExtensionPoint, {
      addSource: (...sources) => pendingSources.push(...sources),
    });
    env.registerExtensionPoint(datasetMigrationFleetsExtensionPoint, {
      addFleet: (...added) => fleets.push(...added),
    });

    env.registerInit({
      deps: {
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        discovery: coreServices.discovery,
        events: eventsServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        reader: coreServices.urlReader,
        scaffolder: scaffolderServiceRef,
        scheduler: coreServices.scheduler,
      },
      async init(deps) {
        const services = await createServices({
          ...deps,
          discoverySources,
          pendingSources,
          fleets,
        });
        registerPermissions(deps.permissionsRegistry, services.stores);
        deps.httpRouter.use(createRouter(services.handlers));
        // Runners and webhooks of the forge have credentials of their own.
        for (const path of ['/runs/:runId/source', '/runs/:runId/reports']) {
          deps.httpRouter.addAuthPolicy({ path, allow: 'unauthenticated' });
        }
        deps.lifecycle.addStartupHook(() => scheduleSlices(deps, services));
        deps.lifecycle.addShutdownHook(() => services.stop());
      },
    });
  },
});
