import {
  AuthService,
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import templateKindModule from '@backstage/plugin-catalog-backend-module-scaffolder-entity-model';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import {
  ScaffolderService,
  scaffolderServiceRef,
} from '@backstage/plugin-scaffolder-node';
import { datasetMigrationFeatures } from './datasetMigrationFeatures';
import { FakeBackend, startFakeBackend } from './testing/startFakeBackend';

const SLOW = 90_000;

/** Stands for the dataset migration backend, as far as it starts tasks. */
function callerPlugin(
  use: (scaffolder: ScaffolderService, auth: AuthService) => void,
) {
  return createBackendPlugin({
    pluginId: 'dataset-migration',
    register(registration) {
      registration.registerInit({
        deps: { scaffolder: scaffolderServiceRef, auth: coreServices.auth },
        async init({ scaffolder, auth }) {
          use(scaffolder, auth);
        },
      });
    },
  });
}

describe('datasetMigrationFeatures', () => {
  let migrations: FakeBackend | undefined;
  let stop: (() => Promise<void>) | undefined;
  afterEach(async () => {
    await stop?.();
    await migrations?.close();
  }, SLOW);

  it(
    'ships a template whose task attaches to the attempt it was started for',
    async () => {
      migrations = await startFakeBackend(({ body }) => ({
        body: {
          attached: true,
          run: { id: 'run-1', kind: 'simulate', state: 'running', attempt: 1 },
          body,
        },
      }));
      let portal = '';
      const discovery = mockServices.discovery.mock({
        getBaseUrl: async pluginId =>
          pluginId === 'dataset-migration'
            ? migrations?.url ?? ''
            : `${portal}/api/${pluginId}`,
      });
      let started: [ScaffolderService, AuthService] | undefined;
      const backend = await startTestBackend({
        features: [
          mockServices.rootConfig.factory({
            data: { catalog: { rules: [{ allow: ['Component'] }] } },
          }),
          discovery.factory,
          catalogPlugin,
          templateKindModule,
          scaffolderPlugin,
          datasetMigrationFeatures,
          callerPlugin((...given) => {
            started = given;
          }),
        ],
      });
      stop = () => backend.stop();
      portal = `http://127.0.0.1:${backend.server.port()}`;
      const [scaffolder, auth] = started!;
      const credentials = await auth.getOwnServiceCredentials();
      const request = {
        templateRef: 'template:default/dataset-migration-run',
        values: {
          runId: 'run-1',
          attempt: 1,
          kind: 'simulate',
          requestedBy: 'user:default/ada',
        },
      };
      const { taskId } = await eventually(() =>
        scaffolder.scaffold(request, { credentials }),
      );
      const task = await eventually(async () => {
        const current = await scaffolder.getTask({ taskId }, { credentials });
        if (!['completed', 'failed'].includes(current.status)) {
          throw new Error(`The task is ${current.status}.`);
        }
        return current;
      });
      expect(task.status).toBe('completed');
      expect(migrations.requests).toEqual([
        expect.objectContaining({
          method: 'POST',
          path: '/runs/run-1/attach',
          body: { attempt: 1, taskId },
        }),
      ]);
    },
    SLOW,
  );
});

/** The catalog takes the template in its own time. */
async function eventually<T>(attempt: () => Promise<T>): Promise<T> {
  const end = Date.now() + SLOW / 2;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise(resolve => setTimeout(resolve, 250));
    }
  }
}
