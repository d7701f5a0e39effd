import { LoggerService } from '@backstage/backend-plugin-api';
import { RunJob } from 'backstage-plugin-dataset-migration-common';
import { Fleet } from 'backstage-plugin-dataset-migration-node';
import { RunRecord, TargetRecord } from '../database/records';
import { Stores } from '../database/stores';
import { AttemptFailures } from './AttemptFailures';
import { BackendSteps } from './BackendStep';
import { BackendStepRunner } from './BackendStepRunner';
import { JobBuilder } from './JobBuilder';
import { createRunCredential } from './RunCredential';
import { toRunFailure } from './RunFailure';

/** A credential outlives its run's time limit by the time the last report may take. */
const CREDENTIAL_GRACE_MS = 60_000;

/** Starts the work of an attempt when the first scaffolder task attaches to it. */
export class RunLauncher {
  readonly #stores: Pick<Stores, 'runs' | 'targets'>;
  readonly #fleet: Fleet;
  readonly #buildJob: JobBuilder;
  readonly #connectionFor: (job: RunJob) => string | undefined;
  readonly #steps: BackendSteps;
  readonly #stepRunner: BackendStepRunner;
  readonly #failures: AttemptFailures;
  readonly #logger: LoggerService;
  readonly #now: () => number;

  constructor(options: {
    stores: Pick<Stores, 'runs' | 'targets'>;
    fleet: Fleet;
    buildJob: JobBuilder;
    /** What the runner needs to read the job's connection; a secret. */
    connectionFor?: (job: RunJob) => string | undefined;
    steps: BackendSteps;
    stepRunner: BackendStepRunner;
    failures: AttemptFailures;
    logger: LoggerService;
    now?: () => number;
  }) {
    this.#stores = options.stores;
    this.#fleet = options.fleet;
    this.#buildJob = options.buildJob;
    this.#connectionFor = options.connectionFor ?? (() => undefined);
    this.#steps = options.steps;
    this.#stepRunner = options.stepRunner;
    this.#failures = options.failures;
    this.#logger = options.logger;
    this.#now = options.now ?? Date.now;
  }

  /**
   * Binds a scaffolder task to an attempt. The first to attach starts the work; others, and tasks
   * of attempts that are over, get `attached: false` and have nothing to do.
   *
   * @throws NotFoundError when there is no such run.
   */
  async attachRun(
    runId: string,
    attempt: number,
    taskId: string,
  ): Promise<{ attached: boolean; run: RunRecord }> {
    const run = await this.#stores.runs.get(runId);
    const isCurrent = run.attempt === attempt && run.state === 'leased';
    if (!isCurrent || !(await this.#stores.runs.attach(run, taskId))) {
      return { attached: false, run };
    }
    if (run.kind === 'publish' || run.kind === 'rollback') {
      this.#stepRunner.begin(run, this.#steps[run.kind]);
    } else {
      await this.#submit(run);
    }
    return { attached: true, run: await this.#stores.runs.get(runId) };
  }

  async #submit(run: RunRecord): Promise<void> {
    let target: TargetRecord;
    let ref: string;
    try {
      target = await this.#stores.targets.get(run.targetId);
      const job = await this.#buildJob(run, target);
      const credential = createRunCredential();
      // Stored first: the runner may report before the fleet has answered.
      const started = await this.#stores.runs.start(run, {
        credentialHash: credential.hash,
        credentialExpiresAt:
          this.#now() + job.limits.timeoutMs + CREDENTIAL_GRACE_MS,
      });
      if (!started) return;
      const connection = this.#connectionFor(job);
      ({ ref } = await this.#fleet.submit(job, {
        credential: credential.secret,
        ...(connection !== undefined && { connection }),
      }));
    } catch (error) {
      const failure = toRunFailure(error);
      this.#logger.warn(`Run ${run.id} could not start: ${failure.message}`);
      await this.#failures.fail(run, failure, {
        blameless: failure.signature === 'ServiceUnavailableError',
      });
      return;
    }
    const known = await this.#stores.runs.start(run, { fleetRef: ref });
    if (!known) await this.#stopIfCancelled(run, ref);
  }

  /** A run cancelled while it was submitted must not go on in the fleet. */
  async #stopIfCancelled(run: RunRecord, ref: string): Promise<void> {
    const current = await this.#stores.runs.get(run.id);
    if (current.state === 'cancelled' || current.token !== run.token) {
      await this.#fleet.cancel(ref);
    }
  }
}
