import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { ScaffolderService } from '@backstage/plugin-scaffolder-node';
import { Fleet } from 'backstage-plugin-dataset-migration-node';
import { RunRecord } from '../database/records';
import { Stores } from '../database/stores';
import { AttemptFailures } from './AttemptFailures';
import { OrchestrationOptions } from './OrchestrationOptions';
import { BACKEND_STOPPED, toRunFailure } from './RunFailure';
import { RunOutcomes } from './RunOutcomes';

/** The template whose task executes one attempt of a run. */
export const RUN_TEMPLATE_REF = 'template:default/dataset-migration-run';

const WATCHED = 1_000;

/** Moves the queue: gives up on silent attempts, and starts a scaffolder task for each new one. */
export class RunDispatcher {
  readonly #stores: Pick<Stores, 'runs' | 'migrations'>;
  readonly #scaffolder: Pick<ScaffolderService, 'scaffold'>;
  readonly #auth: AuthService;
  readonly #fleet: Fleet;
  readonly #heldIdentities: () => Promise<string[]>;
  readonly #outcomes: RunOutcomes;
  readonly #failures: AttemptFailures;
  readonly #logger: LoggerService;
  readonly #options: OrchestrationOptions;

  constructor(options: {
    stores: Pick<Stores, 'runs' | 'migrations'>;
    scaffolder: Pick<ScaffolderService, 'scaffold'>;
    auth: AuthService;
    fleet: Fleet;
    /** Those whose budget with the forge is used up; what writes there waits in the queue. */
    heldIdentities?: () => Promise<string[]>;
    outcomes: RunOutcomes;
    failures: AttemptFailures;
    logger: LoggerService;
    options: OrchestrationOptions;
  }) {
    this.#stores = options.stores;
    this.#scaffolder = options.scaffolder;
    this.#auth = options.auth;
    this.#fleet = options.fleet;
    this.#heldIdentities = options.heldIdentities ?? (async () => []);
    this.#outcomes = options.outcomes;
    this.#failures = options.failures;
    this.#logger = options.logger;
    this.#options = options.options;
  }

  /** One small slice of work; safe to be stopped anywhere and started again. */
  async dispatchOnce(signal: AbortSignal): Promise<void> {
    await this.#watchFleet(signal);
    await this.#expireLeases();
    await this.#outcomes.redeliver();
    if (signal.aborted) return;
    const { concurrency, perRepository, perOwner, leaseMs } = this.#options;
    const held = await this.#heldIdentities();
    const leased = await this.#stores.runs.lease({
      limit: concurrency,
      concurrency,
      perRepository,
      perOwner,
      leaseMs,
      heldIdentities: held,
    });
    await Promise.all(leased.map(run => this.#startTask(run)));
  }

  /** Cancels what has not ended for a target, in the fleet too. */
  async cancelTarget(targetId: string): Promise<RunRecord[]> {
    const cancelled = await this.#stores.runs.cancelForTarget(targetId);
    await Promise.all(cancelled.map(run => this.#cancelInFleet(run)));
    return cancelled;
  }

  /** For the shutdown: what ends with this process is queued again at once, at no attempt. */
  async release(): Promise<void> {
    if (!this.#fleet.endsWithBackend) return;
    const held = new Set(await this.#fleet.list());
    for (const run of await this.#stores.runs.listActive(WATCHED)) {
      if (run.fleetRef && held.has(run.fleetRef)) {
        await this.#failures.fail(run, BACKEND_STOPPED, { blameless: true });
      }
    }
  }

  async #startTask(run: RunRecord): Promise<void> {
    try {
      const migration = await this.#stores.migrations.get(run.migrationId);
      const credentials = await this.#auth.getOwnServiceCredentials();
      await this.#scaffolder.scaffold(
        {
          templateRef: RUN_TEMPLATE_REF,
          values: {
            runId: run.id,
            attempt: run.attempt,
            kind: run.kind,
            requestedBy: migration.startedBy ?? migration.createdBy,
          },
        },
        { credentials },
      );
    } catch (error) {
      const { message } = toRunFailure(error);
      this.#logger.warn(
        `No task could be started for run ${run.id}: ${message}`,
      );
      await this.#failures.fail(
        run,
        {
          signature: 'SCAFFOLDER_UNREACHABLE',
          message: `The scaffolder started no task: ${message}`,
          retryable: true,
        },
        { blameless: true },
      );
    }
  }

  async #expireLeases(): Promise<void> {
    const { failed, lost } = await this.#stores.runs.expireLeases();
    for (const run of lost) {
      this.#logger.warn(
        `Attempt ${run.attempt} of run ${run.id} was not heard of in time.`,
      );
      await this.#cancelInFleet(run);
    }
    if (failed.length) {
      const ids = new Set(failed.map(run => run.id));
      const pending = await this.#stores.runs.listPendingOutcomes(
        Number.MAX_SAFE_INTEGER,
        WATCHED,
      );
      for (const { run, result } of pending) {
        if (ids.has(run.id)) await this.#outcomes.deliver(run, result);
      }
    }
  }

  /** Notices processes that ended without a word, and keeps those that still wait for a place. */
  async #watchFleet(signal: AbortSignal): Promise<void> {
    for (const run of await this.#stores.runs.listActive(WATCHED)) {
      if (signal.aborted) return;
      if (!run.fleetRef) continue;
      try {
        await this.#watch(run, run.fleetRef);
      } catch (error) {
        // Its lease decides.
        this.#logger.warn(
          `The fleet did not say how run ${run.id} is: ${error}`,
        );
      }
    }
  }

  async #watch(run: RunRecord, ref: string): Promise<void> {
    const seen = await this.#fleet.observe(ref);
    if (seen.state === 'waiting') {
      await this.#stores.runs.heartbeat(run, this.#options.leaseMs);
    } else if (seen.state === 'ended') {
      const code =
        seen.exitCode === undefined ? '' : ` (exit code ${seen.exitCode})`;
      await this.#failures.fail(run, {
        signature: 'RUNNER_LOST',
        message: `The runner ended without a result${code}. ${
          seen.message ?? ''
        }`.trim(),
        retryable: true,
      });
    }
  }

  async #cancelInFleet(run: RunRecord): Promise<void> {
    if (!run.fleetRef) return;
    try {
      await this.#fleet.cancel(run.fleetRef);
    } catch (error) {
      this.#logger.warn(`The fleet did not cancel run ${run.id}: ${error}`);
    }
  }
}
