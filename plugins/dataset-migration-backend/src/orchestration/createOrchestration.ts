import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { ScaffolderService } from '@backstage/plugin-scaffolder-node';
import { RunJob } from 'backstage-plugin-dataset-migration-common';
import { Fleet } from 'backstage-plugin-dataset-migration-node';
import { Stores } from '../database/stores';
import { AttemptFailures } from './AttemptFailures';
import { BackendSteps } from './BackendStep';
import { BackendStepRunner } from './BackendStepRunner';
import { JobBuilder } from './JobBuilder';
import { OrchestrationOptions } from './OrchestrationOptions';
import { ReportService } from './ReportService';
import { RunDispatcher } from './RunDispatcher';
import { RunLauncher } from './RunLauncher';
import { RunOutcomes, RunResultHandler } from './RunOutcomes';

export interface Orchestration {
  dispatcher: RunDispatcher;
  launcher: RunLauncher;
  reports: ReportService;
  /** For the shutdown, before the fleet's own: what ends with this process is queued again. */
  stop(): Promise<void>;
  /** Waits for backend steps that are under way. */
  settled(): Promise<void>;
}

/** Puts the parts of the queue together. */
export function createOrchestration(given: {
  stores: Pick<Stores, 'runs' | 'targets' | 'migrations'>;
  scaffolder: Pick<ScaffolderService, 'scaffold'>;
  auth: AuthService;
  fleet: Fleet;
  heldIdentities?: () => Promise<string[]>;
  buildJob: JobBuilder;
  /** What the runner needs to read a job's connection; a secret. */
  connectionFor?: (job: RunJob) => string | undefined;
  steps: BackendSteps;
  resultHandler: RunResultHandler;
  logger: LoggerService;
  options: OrchestrationOptions;
  /** UTC epoch milliseconds; tests move it. */
  now?: () => number;
}): Orchestration {
  const { stores, logger, options, now, fleet } = given;
  const outcomes = new RunOutcomes({
    stores,
    handler: given.resultHandler,
    logger,
    now,
  });
  const failures = new AttemptFailures({ stores, outcomes, options, now });
  const stepRunner = new BackendStepRunner({
    stores,
    failures,
    logger,
    options,
  });
  const dispatcher = new RunDispatcher({
    stores,
    scaffolder: given.scaffolder,
    auth: given.auth,
    fleet,
    heldIdentities: given.heldIdentities,
    outcomes,
    failures,
    logger,
    options,
  });
  return {
    dispatcher,
    launcher: new RunLauncher({
      stores,
      fleet,
      buildJob: given.buildJob,
      connectionFor: given.connectionFor,
      steps: given.steps,
      stepRunner,
      failures,
      logger,
      now,
    }),
    reports: new ReportService({ stores, outcomes, failures, options, now }),
    async stop() {
      await dispatcher.release();
      await stepRunner.stop();
    },
    settled: () => stepRunner.settled(),
  };
}
