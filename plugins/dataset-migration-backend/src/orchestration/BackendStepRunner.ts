import { LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import { RunRecord } from '../database/records';
import { Stores } from '../database/stores';
import { AttemptFailures } from './AttemptFailures';
import { BackendStep } from './BackendStep';
import { OrchestrationOptions } from './OrchestrationOptions';
import { BACKEND_STOPPED, toRunFailure } from './RunFailure';

/** Does publish and rollback steps in the background, keeping their leases alive. */
export class BackendStepRunner {
  readonly #stores: Pick<Stores, 'runs' | 'targets'>;
  readonly #failures: AttemptFailures;
  readonly #logger: LoggerService;
  readonly #options: Pick<
    OrchestrationOptions,
    'leaseMs' | 'backendStepTimeoutMs'
  >;
  readonly #stopping = new AbortController();
  readonly #active = new Set<Promise<void>>();

  constructor(options: {
    stores: Pick<Stores, 'runs' | 'targets'>;
    failures: AttemptFailures;
    logger: LoggerService;
    options: Pick<OrchestrationOptions, 'leaseMs' | 'backendStepTimeoutMs'>;
  }) {
    this.#stores = options.stores;
    this.#failures = options.failures;
    this.#logger = options.logger;
    this.#options = options.options;
  }

  /** Returns at once; the run is finished when the step is through. */
  begin(run: RunRecord, step: BackendStep): void {
    const work = this.#execute(run, step)
      .catch(error => {
        // The lease runs out, and the run comes back.
        this.#logger.error(`Run ${run.id} could not be finished: ${error}`);
      })
      .finally(() => this.#active.delete(work));
    this.#active.add(work);
  }

  /** Lets go of what is under way; it is queued again. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.settled();
  }

  /** Waits for what is under way. */
  async settled(): Promise<void> {
    await Promise.all([...this.#active]);
  }

  async #execute(run: RunRecord, step: BackendStep): Promise<void> {
    const fenced = new AbortController();
    const timeout = AbortSignal.timeout(this.#options.backendStepTimeoutMs);
    const signal = AbortSignal.any([
      this.#stopping.signal,
      fenced.signal,
      timeout,
    ]);
    const heartbeat = setInterval(() => {
      this.#stores.runs.heartbeat(run, this.#options.leaseMs).then(
        isOurs => isOurs || fenced.abort(),
        error =>
          this.#logger.warn(`Run ${run.id} missed a heartbeat: ${error}`),
      );
    }, this.#options.leaseMs / 3);
    try {
      if (!(await this.#stores.runs.start(run, {}))) return;
      const target = await this.#stores.targets.get(run.targetId);
      await step(run, target, signal);
      await this.#stores.runs.finish(run, { state: 'succeeded' });
    } catch (error) {
      await this.#fail(run, error, timeout.aborted);
    } finally {
      clearInterval(heartbeat);
    }
  }

  async #fail(run: RunRecord, error: unknown, timedOut: boolean) {
    if (this.#stopping.signal.aborted) {
      await this.#failures.fail(run, BACKEND_STOPPED, { blameless: true });
      return;
    }
    if (timedOut) {
      await this.#failures.fail(run, {
        signature: 'TIMEOUT',
        message: `The step took longer than ${
          this.#options.backendStepTimeoutMs / 1000
        } seconds.`,
        retryable: true,
      });
      return;
    }
    this.#logger.warn(
      `Run ${run.id} (${run.kind}) failed: ${
        isError(error) ? error.message : error
      }`,
    );
    await this.#failures.fail(run, toRunFailure(error));
  }
}
