import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  AuditorService,
  AuthService,
  DatabaseService,
  DiscoveryService as PortalDiscovery,
  HttpAuthService,
  LoggerService,
  PermissionsService,
  RootConfigService,
  UrlReaderService,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { EventsService } from '@backstage/plugin-events-node';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { ScaffolderService } from '@backstage/plugin-scaffolder-node';
import {
  DiscoverySource,
  Fleet,
  PendingSource,
} from 'backstage-plugin-dataset-migration-node';
import { Connections } from './connections/Connections';
import { DatasetMigrationConfig, readDatasetMigrationConfig } from './config';
import { createStores, migrateDatabase, Stores } from './database';
import { CodeSearchSource } from './discovery/CodeSearchSource';
import { DiscoveryService } from './discovery/DiscoveryService';
import { chooseFleet } from './fleet/chooseFleet';
import { findRunner } from './fleet/findRunner';
import { GithubRepositoryInspector } from './forge/GithubRepositoryInspector';
import { OwnerNotifier } from './notify/OwnerNotifier';
import { createOrchestration, readOrchestrationOptions } from './orchestration';
import { startDispatching } from './startDispatching';
import { PendingScan } from './plans/PendingScan';
import { PlanChecker } from './plans/PlanChecker';
import { PlanLoader } from './plans/PlanLoader';
import { SampleChecker } from './plans/SampleChecker';
import { PlanService } from './plans/PlanService';
import { createRollout } from './rollout/createRollout';
import { HandlerDependencies } from './router/HandlerDependencies';
import { AccessControl } from './service/AccessControl';
import { CampaignService } from './service/CampaignService';
import { CatalogDatasets } from './service/CatalogDatasets';
import { JobBuilder } from './service/JobBuilder';
import { MigrationActions } from './service/MigrationActions';
import { MigrationService } from './service/MigrationService';
import { MigrationSettler } from './service/MigrationSettler';
import { MigrationViews } from './service/MigrationViews';
import { RolloutSteps } from './service/RolloutSteps';
import { RunPlanner } from './service/RunPlanner';
import { RunResults } from './service/RunResults';
import { RunRetention } from './service/RunRetention';
import { TargetDecisions } from './service/TargetDecisions';
import { TargetService } from './service/TargetService';
import {
  BaseChecks,
  OwnerTimezones,
  PublishingHours,
  RolloutReader,
  RolloutSlice,
  TakeBack,
  WavePublisher,
} from './waves';

export interface ServiceDependencies {
  auditor: AuditorService;
  auth: AuthService;
  catalog: CatalogService;
  config: RootConfigService;
  database: DatabaseService;
  discovery: PortalDiscovery;
  events: EventsService;
  httpAuth: HttpAuthService;
  logger: LoggerService;
  notifications: NotificationService;
  permissions: PermissionsService;
  reader: UrlReaderService;
  scaffolder: ScaffolderService;
  discoverySources: DiscoverySource[];
  pendingSources: PendingSource[];
  fleets: Fleet[];
}

/** Everything the plugin is made of, wired. */
export interface Services {
  config: DatasetMigrationConfig;
  stores: Stores;
  handlers: HandlerDependencies;
  reconcile(signal: AbortSignal): Promise<unknown>;
  settle(signal: AbortSignal): Promise<void>;
  /** Halts, opens waves and publishes what is approved in them. */
  advance(signal: AbortSignal): Promise<void>;
  /** Removes the details of runs that ended long ago. */
  forget(signal: AbortSignal): Promise<void>;
  /** Deletes clones that were not used for long. */
  evict(): Promise<unknown>;
  forgeEvent(
    topic: string,
    payload: unknown,
    signal: AbortSignal,
  ): Promise<number>;
  startDispatching(everyMs: number): void;
  stop(): Promise<void>;
}

export async function createServices(
  deps: ServiceDependencies,
): Promise<Services> {
  const { logger, events } = deps;
  const config = readDatasetMigrationConfig(deps.config);
  const integrations = ScmIntegrations.fromConfig(deps.config);
  const stores = createStores(await migrateDatabase(deps.database));
  const datasets = new CatalogDatasets(deps);
  const catalog = datasets.reader();
  const targets = new TargetService({ stores, events, logger });
  const planner = new RunPlanner(stores);
  const plans = new PlanService({
    loader: new PlanLoader({ reader: deps.reader, integrations }),
    checker: new PlanChecker(findRunner(deps.config)),
  });
  const connections = Connections.fromConfig(deps.config);
  const samples = new SampleChecker({
    runner: findRunner(deps.config),
    connections,
    logger,
  });
  const migrations = new MigrationService({ stores, plans, samples });
  const views = new MigrationViews(stores);
  // Of this process alone: its locks do not reach other processes.
  const workDirectory = await mkdtemp(
    path.join(
      deps.config.getOptionalString('backend.workingDirectory') ?? tmpdir(),
      'dataset-migration-',
    ),
  );
  const rollout = createRollout({
    config: deps.config,
    logger,
    stores,
    events: targets,
    workDirectory,
  });
  const codeSearch = new CodeSearchSource({
    search: rollout.codeSearch,
    integrations,
  });
  const discovery = new DiscoveryService({
    catalog,
    integrations,
    targets: stores.targets,
    rollouts: stores.rollouts,
    changes: stores.changes,
    moves: targets,
    sources: [
      ...(config.discovery.codeSearch ? [codeSearch] : []),
      ...deps.discoverySources,
    ],
    inspector: new GithubRepositoryInspector(rollout.forge),
    relations: config.discovery.relations,
    maxConsumers: config.discovery.maxConsumers,
    logger,
  });
  const hours = new PublishingHours({
    timezones: new OwnerTimezones({
      catalog,
      fallback: config.rollout.timezone,
    }),
  });
  const rollouts = new RolloutReader({ stores, hours, watched: true });
  const waves = new WavePublisher({ targets, planner });
  const takeBack = new TakeBack({ stores, targets, planner });
  const actions = new MigrationActions({
    stores,
    migrations,
    targets,
    discovery,
    planner,
    rollouts,
    publisher: waves,
    takeBack,
  });
  const slice = new RolloutSlice({
    stores,
    reader: rollouts,
    publisher: waves,
    migrations,
    takeBack,
    baseChecks: new BaseChecks({
      targets: stores.targets,
      forge: rollout.forge,
      logger,
    }),
    auditor: deps.auditor,
    logger,
  });
  const steps = new RolloutSteps({
    stores,
    targets,
    publisher: rollout.publisher,
    reverter: rollout.reverter,
    hours,
    portalUrl: deps.config.getString('app.baseUrl'),
    logger,
  });
  const results = new RunResults({ stores, targets });
  const jobs = new JobBuilder({
    stores,
    backendUrl: () => deps.discovery.getBaseUrl('dataset-migration'),
    connections,
  });
  const fleet = chooseFleet(deps.config, deps.fleets, logger);
  const orchestration = createOrchestration({
    logger,
    stores,
    auth: deps.auth,
    scaffolder: deps.scaffolder,
    fleet: fleet.chosen,
    heldIdentities: async () =>
      (await rollout.governor.exhausted()).map(({ identity }) => identity),
    options: readOrchestrationOptions(deps.config),
    resultHandler: (run, target, result) => results.handle(run, target, result),
    buildJob: (run, target) => jobs.build(run, target),
    connectionFor: job => connections.secretFor(job),
    steps: {
      publish: (run, target, signal) => steps.publish(run, target, signal),
      rollback: (run, target, signal) => steps.rollback(run, target, signal),
    },
  });
  const settler = new MigrationSettler({
    stores,
    migrations,
    targets,
    planner,
    takeBack,
    logger,
  });
  const retention = new RunRetention({
    stores,
    keepMs: config.retention.runsMs,
    logger,
  });
  const notifier = new OwnerNotifier({
    notifications: deps.notifications,
    stores,
    logger,
  });
  targets.onMoved(target => notifier.moved(target));
  targets.onMoved(async target => {
    // Steps that lead on by themselves, without anybody who asks for the next run.
    if (['approved', 'publishing', 'merged'].includes(target.state)) {
      const migration = await stores.migrations.get(target.migrationId);
      await planner.ensureRun(target, migration);
    }
  });

  let dispatching: { stop(): Promise<void> } | undefined;
  return {
    config,
    stores,
    handlers: {
      access: new AccessControl(deps),
      auditor: deps.auditor,
      stores,
      migrations,
      actions,
      decisions: new TargetDecisions({ stores, targets, planner }),
      campaigns: new CampaignService({
        stores,
        catalog,
        migrations,
        actions,
        views,
        planUrl: entity => plans.planUrl(entity),
      }),
      views,
      rollouts,
      plans,
      pending: new PendingScan({
        catalog,
        store: stores.pending,
        events,
        sources: deps.pendingSources,
        logger,
        prepareDraft: async dataset => {
          const current = await migrations.current(dataset);
          if (current) return current.id;
          const entity = await datasets.get(
            dataset,
            await deps.auth.getOwnServiceCredentials(),
          );
          if (!plans.planUrl(entity)) return undefined;
          const source = { from: 'annotation' as const };
          return (await migrations.create(entity, source, 'system')).id;
        },
      }),
      datasets,
      launcher: orchestration.launcher,
      reports: orchestration.reports,
      sources: rollout.source,
      repositoryUrl: repository => repositoryUrl(repository, integrations),
    },
    reconcile: signal => rollout.reconcile.run(signal),
    async settle(signal) {
      await planner.ensureAll(signal);
      await settler.settleAll(signal);
    },
    advance: signal => slice.run(signal),
    forget: signal => retention.apply(signal),
    evict: () => rollout.cache.evict(),
    forgeEvent: (topic, payload, signal) =>
      rollout.handleGithubEvent(topic, payload, signal),
    startDispatching(everyMs) {
      dispatching = startDispatching(orchestration.dispatcher, everyMs, logger);
    },
    async stop() {
      await dispatching?.stop();
      await orchestration.stop();
      await fleet.stop();
      await rm(workDirectory, { recursive: true, force: true });
    },
  };
}

/** Where people look at a `host/owner/name`, from the integration's addresses. */
function repositoryUrl(
  repository: string,
  integrations: ScmIntegrations,
): string | undefined {
  const [host, ...rest] = repository.split('/');
  const api = integrations.github.byHost(host)?.config.apiBaseUrl;
  const protocol = api?.startsWith('http:') ? 'http' : 'https';
  return `${protocol}://${host}/${rest.join('/')}`;
}
