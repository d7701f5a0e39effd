import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { DefaultEventsService } from '@backstage/plugin-events-node';
import type { Forge } from 'demo-fleet';
import type { Knex } from 'knex';
import { createStores } from '../../plugins/dataset-migration-backend/src/database/createStores';
import type { Stores } from '../../plugins/dataset-migration-backend/src/database/stores';
import { createOrchestration } from '../../plugins/dataset-migration-backend/src/orchestration';
import { createRollout } from '../../plugins/dataset-migration-backend/src/rollout';
import { RolloutSteps } from '../../plugins/dataset-migration-backend/src/service/RolloutSteps';
import { RunPlanner } from '../../plugins/dataset-migration-backend/src/service/RunPlanner';
import { TargetService } from '../../plugins/dataset-migration-backend/src/service/TargetService';
import { PublishingHours } from '../../plugins/dataset-migration-backend/src/waves';
import type { NightClock } from './NightClock';

const HOUR = 3_600_000;

/** One backend, as far as publishing goes. */
export interface Replica {
  stores: Stores;
  targets: TargetService;
  planner: RunPlanner;
  /** Dispatches until it is stopped. */
  run(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * The production parts of a backend that publish: queue, dispatcher, governor, git and the
 * GitHub client, on a database that replicas share. Only two are other: the clock, and the
 * scaffolder, whose task would do nothing but attach to the run.
 */
export function startReplica(options: {
  knex: Knex;
  forge: Forge;
  clock: NightClock;
  token: string;
  workDirectory: string;
}): Replica {
  const { knex, forge, clock, token, workDirectory } = options;
  const { now } = clock;
  const logger = mockServices.rootLogger({ level: 'error' });
  const stores = createStores(knex, now);
  const events = DefaultEventsService.create({ logger });
  const targets = new TargetService({ stores, events, logger });
  const rollout = createRollout({
    config: new ConfigReader({
      integrations: {
        github: [{ host: forge.host, apiBaseUrl: forge.apiBaseUrl, token }],
      },
    }),
    logger,
    stores,
    events: targets,
    workDirectory,
    clock,
  });
  const steps = new RolloutSteps({
    stores,
    targets,
    publisher: rollout.publisher,
    reverter: rollout.reverter,
    hours: new PublishingHours({
      timezones: { of: async () => () => 'UTC' },
      now,
    }),
    portalUrl: 'https://portal.example',
    logger,
    now,
  });
  const orchestration = createOrchestration({
    stores,
    scaffolder: {
      scaffold: async ({ values }) => {
        const { runId, attempt } = values as { runId: string; attempt: number };
        const taskId = `${runId}-${attempt}`;
        await orchestration.launcher.attachRun(runId, attempt, taskId);
        return { taskId };
      },
    },
    auth: mockServices.auth(),
    fleet: {
      id: 'none',
      submit: async () => {
        throw new Error('Nothing is simulated at night.');
      },
      observe: async () => ({ state: 'running' }),
      cancel: async () => {},
      list: async () => [],
    },
    heldIdentities: async () =>
      (await rollout.governor.exhausted()).map(({ identity }) => identity),
    buildJob: async () => {
      throw new Error('Nothing is simulated at night.');
    },
    steps: {
      publish: (run, target, signal) =>
        clock.during(() => steps.publish(run, target, signal)),
      rollback: (run, target, signal) => steps.rollback(run, target, signal),
    },
    resultHandler: async () => {},
    logger,
    // Heartbeats come by the machine's clock: a lease of this one must outlast them.
    options: {
      concurrency: 8,
      leaseMs: HOUR,
      backoffMs: 5_000,
      maxBackoffMs: 300_000,
      backendStepTimeoutMs: 300_000,
    },
    now,
  });
  const stopping = new AbortController();
  return {
    stores,
    targets,
    planner: new RunPlanner(stores),
    async run() {
      while (!stopping.signal.aborted) {
        await orchestration.dispatcher.dispatchOnce(stopping.signal);
        await clock.sleep(2_000);
      }
    },
    async stop() {
      stopping.abort();
      await orchestration.settled();
    },
  };
}
