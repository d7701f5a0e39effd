import {
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { schedulerServiceFactory } from '@backstage/backend-defaults/scheduler';
import { Entity } from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { notificationService } from '@backstage/plugin-notifications-node';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { scaffolderServiceMock } from '@backstage/plugin-scaffolder-node/testUtils';
import { RunJob, RunResult } from 'backstage-plugin-dataset-migration-common';
import {
  datasetMigrationFleetsExtensionPoint,
  Fleet,
} from 'backstage-plugin-dataset-migration-node';
import { Forge, startForge } from 'demo-fleet';
import request from 'supertest';
import { datasetMigrationPlugin } from '../plugin';
import { commitFiles, temporaryDirectory } from '../rollout/__testUtils__/git';
import { StartedPostgres } from '../testing/startPostgres';
import { until } from '../testing/until';

/** What the scaffolder was asked to start. */
export interface StartedTask {
  runId: string;
  attempt: number;
  kind: string;
}

export interface PluginHarnessOptions {
  /** A PostgreSQL server, and what the names of its databases begin with. */
  postgres?: { connection: StartedPostgres['connection']; prefix: string };
  /** More of `datasetMigration` in the configuration. */
  datasetMigration?: object;
  /** Another replica of this portal: same forge, same files, same database. */
  beside?: PluginHarness;
}

/** The plugin as a portal runs it, with a forge of its own and everything else in memory. */
export class PluginHarness {
  /** Names of the permissions that the policy refuses. */
  readonly denied: Set<string>;
  readonly tasks: StartedTask[] = [];
  readonly submitted: Array<{
    job: RunJob;
    credential: string;
    connection?: string;
  }> = [];
  readonly events: Array<{ topic: string; eventPayload: unknown }> = [];
  /** Texts that can be read, by URL. */
  readonly files: Map<string, string>;
  readonly forge: Forge;
  #server: Awaited<ReturnType<typeof startTestBackend>>['server'] | undefined;
  readonly #cleanUps: Array<() => unknown>;
  readonly #directory: string;
  readonly #options: PluginHarnessOptions;
  #attached = 0;

  private constructor(
    forge: Forge,
    directory: string,
    cleanUps: Array<() => unknown>,
    options: PluginHarnessOptions,
  ) {
    this.#options = options;
    this.denied = options.beside?.denied ?? new Set();
    this.files = options.beside?.files ?? new Map();
    this.forge = forge;
    this.#directory = directory;
    this.#cleanUps = cleanUps;
  }

  /** @param entities - the catalog, given the URL under which the forge shows code */
  static async start(
    entities: (codeUrl: string) => Entity[],
    options: PluginHarnessOptions = {},
  ): Promise<PluginHarness> {
    const { beside } = options;
    if (beside) {
      const replica = new PluginHarness(beside.forge, beside.#directory, [], {
        ...beside.#options,
        beside,
      });
      await replica.#start(entities(`${beside.forge.baseUrl}/demo`));
      return replica;
    }
    const directory = temporaryDirectory();
    const forge = await startForge({
      rootDir: `${directory.path}/forge`,
      users: [{ login: 'migration-bot', token: 'bot-token-1234' }],
    });
    const harness = new PluginHarness(
      forge,
      directory.path,
      [() => forge.close(), directory.cleanUp],
      options,
    );
    const repository = await forge.createRepository({ name: 'consumer' });
    commitFiles(repository.gitDir, 'main', {
      'sql/report.sql': 'SELECT url FROM page_views_v1\n',
    });
    await forge.createRepository({ name: 'attic', archived: true });
    await harness.#start(entities(`${forge.baseUrl}/demo`));
    return harness;
  }

  async #start(entities: Entity[]): Promise<void> {
    const backend = await startTestBackend({
      features: [
        datasetMigrationPlugin,
        this.#fleetModule(),
        catalogServiceMock.factory({ entities }),
        scaffolderServiceMock.mock({
          scaffold: async ({ values }) => {
            this.tasks.push(values as unknown as StartedTask);
            return { taskId: `task-${this.tasks.length}` };
          },
        }).factory,
        createServiceFactory({
          service: notificationService,
          deps: {},
          factory: () => ({ send: async () => undefined }),
        }),
        mockServices.events.mock({
          publish: async event => {
            this.events.push(event);
          },
          subscribe: async () => undefined,
        }).factory,
        mockServices.permissions.mock({
          authorize: async requests =>
            requests.map(({ permission }) => ({
              result: this.denied.has(permission.name)
                ? AuthorizeResult.DENY
                : AuthorizeResult.ALLOW,
            })),
        }).factory,
        mockServices.urlReader.mock({
          readUrl: async url => {
            const text = this.files.get(url);
            if (text === undefined) throw new NotFoundError(url);
            return { buffer: async () => Buffer.from(text) };
          },
        }).factory,
        mockServices.rootConfig.factory({ data: this.#config() }),
        // Replicas share their scheduled tasks through the database.
        ...(this.#options.postgres ? [schedulerServiceFactory] : []),
      ],
    });
    this.#server = backend.server;
    this.#cleanUps.unshift(() => backend.stop());
  }

  #config() {
    const { host, apiBaseUrl } = this.forge;
    const { postgres } = this.#options;
    return {
      app: { baseUrl: 'http://portal.example' },
      backend: {
        baseUrl: 'http://127.0.0.1:0',
        workingDirectory: this.#directory,
        database: postgres
          ? { client: 'pg', ...postgres }
          : { client: 'better-sqlite3', connection: ':memory:' },
      },
      integrations: {
        github: [{ host, apiBaseUrl, token: 'bot-token-1234' }],
      },
      datasetMigration: {
        fleet: 'test',
        discovery: { codeSearch: false },
        forge: { minWriteInterval: { milliseconds: 0 } },
        slices: { dispatch: { milliseconds: 50 } },
        ...this.#options.datasetMigration,
      },
    };
  }

  #fleetModule() {
    const fleet: Fleet = {
      id: 'test',
      submit: async (job, { credential, connection }) => {
        this.submitted.push({ job, credential, connection });
        return { ref: `${job.run.id}:${job.run.attempt}` };
      },
      observe: async () => ({ state: 'running' }),
      cancel: async () => undefined,
      list: async () => [],
    };
    return createBackendModule({
      pluginId: 'dataset-migration',
      moduleId: 'test-fleet',
      register(env) {
        env.registerInit({
          deps: { fleets: datasetMigrationFleetsExtensionPoint },
          init: async ({ fleets }) => fleets.addFleet(fleet),
        });
      },
    });
  }

  /** Calls the API as this person; `none` without credentials. */
  call(method: 'get' | 'post' | 'put', path: string, user = 'ada') {
    const header =
      user === 'none'
        ? mockCredentials.none.header()
        : mockCredentials.user.header(`user:default/${user}`);
    return this.raw(method, path).set('authorization', header);
  }

  raw(method: 'get' | 'post' | 'put', path: string) {
    if (!this.#server) throw new Error('The backend has not started.');
    return request(this.#server)[method](`/api/dataset-migration${path}`);
  }

  /** Does what the task of the next run does; returns what the fleet was given. */
  async attachNext(): Promise<PluginHarness['submitted'][number]> {
    const before = this.submitted.length;
    await this.attachTask();
    return this.submitted[before];
  }

  /** The same for a run that happens in the backend. */
  async attachTask(): Promise<StartedTask> {
    await until(() => this.tasks.length > this.#attached);
    const task = this.tasks[this.#attached];
    this.#attached += 1;
    if (!(await this.attach(task, `task-${this.#attached}`))) {
      throw new Error(`Another task was attached to run ${task.runId}.`);
    }
    return task;
  }

  /** Tasks that were started since the last time and not attached. */
  takeTasks(): StartedTask[] {
    const tasks = this.tasks.slice(this.#attached);
    this.#attached = this.tasks.length;
    return tasks;
  }

  /** What a task does first; whether this one is the one that works. */
  async attach(task: StartedTask, taskId: string): Promise<boolean> {
    const { body } = await this.raw('post', `/runs/${task.runId}/attach`)
      .set('authorization', mockCredentials.service.header())
      .send({ attempt: task.attempt, taskId });
    return body.attached;
  }

  /** Reports as the runner of this job does. */
  report(
    { job, credential }: { job: RunJob; credential: string },
    result: Partial<RunResult>,
    reportId = 'result-1',
  ) {
    const { id, attempt, token } = job.run;
    return this.raw('post', `/runs/${id}/reports`)
      .set('authorization', `Bearer ${credential}`)
      .send({
        attempt,
        token,
        reportId,
        kind: 'result',
        result: {
          apiVersion: 'dataset-migration/v1alpha1',
          kind: 'RunResult',
          uses: [],
          findings: [],
          evidence: [],
          ...result,
        },
      });
  }

  async close(): Promise<void> {
    for (const cleanUp of this.#cleanUps) await cleanUp();
  }
}
