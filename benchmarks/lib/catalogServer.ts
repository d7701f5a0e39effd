import { createBackend } from '@backstage/backend-defaults';
import {
  coreServices,
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { catalogEntities } from './catalogEntities';
import { receiveInput, sendAnswer } from './forkScript';

/** What the catalog needs to start. */
export interface CatalogServerInput {
  database: { host: string; port: number; user: string; password: string };
  port: number;
  token: string;
  /** Number of direct consumers of the hub. */
  consumers: number;
}

/** A Backstage backend that has the catalog and nothing else. Ends when its parent lets go. */
async function main(): Promise<void> {
  const released = new Promise<void>(resolve =>
    process.once('disconnect', resolve),
  );
  const input = await receiveInput<CatalogServerInput>();
  const backend = createBackend();
  backend.add(
    createServiceFactory({
      service: coreServices.rootConfig,
      deps: {},
      factory: () => new ConfigReader(configuration(input)),
    }),
  );
  backend.add(catalogPlugin);
  backend.add(entitiesModule(input.consumers));
  await backend.start();
  await sendAnswer({ started: true });
  await released;
  await backend.stop();
}

function entitiesModule(consumers: number) {
  return createBackendModule({
    pluginId: 'catalog',
    moduleId: 'benchmark-entities',
    register(env) {
      env.registerInit({
        deps: { catalog: catalogProcessingExtensionPoint },
        async init({ catalog }) {
          catalog.addEntityProvider({
            getProviderName: () => 'benchmark',
            connect: connection =>
              connection.applyMutation({
                type: 'full',
                entities: catalogEntities(consumers).map(entity => ({
                  entity,
                  locationKey: 'benchmark',
                })),
              }),
          });
        },
      });
    },
  });
}

function configuration(input: CatalogServerInput) {
  const baseUrl = `http://127.0.0.1:${input.port}`;
  return {
    app: { baseUrl },
    backend: {
      baseUrl,
      listen: { host: '127.0.0.1', port: input.port },
      database: { client: 'pg', connection: { ...input.database } },
      auth: {
        externalAccess: [
          {
            type: 'static',
            options: { token: input.token, subject: 'benchmark' },
          },
        ],
      },
    },
    catalog: {
      rules: [{ allow: ['Component', 'Resource'] }],
      // Nothing is processed again while it is measured.
      processingInterval: { hours: 6 },
    },
  };
}

main().then(
  () => process.exit(0),
  error => {
    console.error(error);
    process.exit(1);
  },
);
