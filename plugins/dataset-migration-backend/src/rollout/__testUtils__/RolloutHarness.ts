import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { Forge, ForgeOptions, ForgeRepository, startForge } from 'demo-fleet';
import {
  ChangeRecord,
  MigrationRecord,
  TargetRecord,
} from '../../database/records';
import { Stores } from '../../database/stores';
import { TargetEvents } from '../../domain/services';
import { createStores } from '../../database/createStores';
import { openMemoryDatabase } from '../../testing/openMemoryDatabase';
import { createRollout, Rollout } from '../createRollout';
import {
  commitFiles,
  git,
  makePatch,
  pushFiles,
  temporaryDirectory,
} from './git';

export const OLD_SQL = 'SELECT user_id\nFROM events_v1\n';
export const NEW_SQL = 'SELECT account_id AS user_id\nFROM events_v2\n';

export const MIGRATION: MigrationRecord = {
  id: 'migration-1',
  dataset: 'resource:default/events-v1',
  name: 'events v1 to v2',
  title: 'Events',
  state: 'active',
  planVersion: 1,
  createdBy: 'user:default/eva',
  createdAt: 0,
  updatedAt: 0,
};

type Details = Record<string, unknown>;

/** The simulated GitHub, real git, and one consumer in between. */
export class RolloutHarness {
  readonly signal = new AbortController().signal;
  readonly text = { title: 'Migrate events', body: 'What changes.' };
  readonly applied: Array<{ event: string; details: Details }> = [];
  changes: ChangeRecord[] = [];
  targets: TargetRecord[] = [];

  private constructor(
    readonly forge: Forge,
    readonly repository: ForgeRepository,
    readonly directory: string,
    /** What the forge was asked is on record for all backends. */
    private readonly recorded: Stores,
    private readonly cleanUps: Array<() => void | Promise<void>>,
  ) {}

  static async create(
    options: Partial<ForgeOptions> = {},
  ): Promise<RolloutHarness> {
    const directory = temporaryDirectory();
    const forge = await startForge({
      rootDir: `${directory.path}/forge`,
      users: [
        { login: 'migration-bot', token: 'bot-token-1234' },
        { login: 'olga', token: 'olga-token-1234' },
      ],
      ...options,
    });
    const repository = await forge.createRepository({ name: 'consumer' });
    commitFiles(repository.gitDir, 'main', {
      'sql/report.sql': OLD_SQL,
      'README.md': 'A consumer\n',
    });
    const knex = await openMemoryDatabase();
    return new RolloutHarness(
      forge,
      repository,
      directory.path,
      createStores(knex),
      [() => forge.close(), () => knex.destroy(), directory.cleanUp],
    );
  }

  /** Pushes a commit as a person; the forge learns of it. */
  push(
    branch: string,
    files: Record<string, string | undefined>,
    message?: string,
  ): Promise<string> {
    const { gitDir, cloneUrl } = this.repository;
    const url = cloneUrl.replace('://', '://olga:olga-token-1234@');
    return pushFiles({ gitDir, url }, branch, files, message);
  }

  /** A backend process: a new one knows only what is recorded. */
  backend(
    settings: {
      token?: string;
      apiBaseUrl?: string;
      forge?: object;
      /** Real ones instead of those that this harness plays. */
      stores?: Stores;
      events?: TargetEvents;
    } = {},
  ): Rollout {
    const host = this.forge.host;
    return createRollout({
      config: new ConfigReader({
        integrations: {
          github: [
            {
              host,
              apiBaseUrl: settings.apiBaseUrl ?? this.forge.apiBaseUrl,
              token: settings.token ?? 'bot-token-1234',
            },
          ],
        },
        datasetMigration: {
          forge: {
            minWriteInterval: { milliseconds: 0 },
            maxWaitMs: 1000,
            ...settings.forge,
          },
        },
      }),
      logger: mockServices.logger.mock(),
      stores: settings.stores ?? {
        forge: this.recorded.forge,
        migrations: { get: async () => MIGRATION },
        changes: { listForTarget: async () => this.changes },
        targets: {
          iterate: filter => this.#iterate(filter.state ?? []),
          findByPullRequest: async (repository, number) =>
            this.targets.find(
              each =>
                each.repository === repository &&
                [each.pullRequest?.number, each.revert?.number].includes(
                  number,
                ),
            ),
        },
      },
      events: settings.events ?? {
        apply: async (target, event, details = {}) => {
          this.applied.push({ event, details });
          return { ...target, ...details };
        },
      },
      workDirectory: `${this.directory}/work-${Math.random()
        .toString(36)
        .slice(2)}`,
    });
  }

  async *#iterate(states: string[]): AsyncGenerator<TargetRecord[]> {
    yield this.targets.filter(each => states.includes(each.state));
  }

  target(overrides: Partial<TargetRecord> = {}): TargetRecord {
    return {
      id: 'a1b2c3d4-e5f6-4711-8899-aabbccddeeff',
      migrationId: MIGRATION.id,
      depth: 1,
      discoveredBy: ['catalog'],
      repository: `${this.forge.host}/demo/consumer`,
      paths: ['sql/**'],
      excludedPaths: [],
      state: 'publishing',
      wave: 0,
      answers: [],
      createdAt: 0,
      updatedAt: 0,
      version: 1,
      ...overrides,
    };
  }

  change(
    files: Record<string, string | undefined> = { 'sql/report.sql': NEW_SQL },
    overrides: Partial<ChangeRecord> = {},
  ): ChangeRecord {
    const change: ChangeRecord = {
      id: `change-${this.changes.length + 1}`,
      targetId: this.target().id,
      number: this.changes.length + 1,
      runId: 'run-1',
      digest: `digest${this.changes.length + 1}`,
      ...makePatch(this.repository.gitDir, 'main', files),
      uses: [],
      findings: [],
      evidence: [],
      mappingVersion: 1,
      createdAt: 1_700_000_000_000,
      ...overrides,
    };
    this.changes.push(change);
    return change;
  }

  /** Where the default branch is now. */
  head(): string {
    return git(this.repository.gitDir, 'rev-parse', 'main');
  }

  parentOf(branch: string): string {
    return git(this.repository.gitDir, 'rev-parse', `${branch}^`);
  }

  /** Calls the forge as a person. */
  async rest(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(
      `${this.forge.apiBaseUrl}/repos/demo/consumer${path}`,
      {
        method,
        headers: {
          authorization: 'Bearer olga-token-1234',
          'content-type': 'application/json',
        },
        ...(body && { body: JSON.stringify(body) }),
      },
    );
    if (!response.ok) {
      throw new Error(`${response.status} ${await response.text()}`);
    }
    return response.json();
  }

  async pullRequests(): Promise<
    Array<{
      number: number;
      state: string;
      body: string;
      title: string;
      head: { ref: string; sha: string };
    }>
  > {
    return (await this.rest('GET', '/pulls?state=all')) as never;
  }

  async close(): Promise<void> {
    for (const cleanUp of this.cleanUps) await cleanUp();
  }
}
