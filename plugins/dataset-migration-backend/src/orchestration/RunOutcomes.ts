import { LoggerService } from '@backstage/backend-plugin-api';
import { RunResult } from 'backstage-plugin-dataset-migration-common';
import { RunRecord, TargetRecord } from '../database/records';
import { Stores } from '../database/stores';

/**
 * Takes the end of a run into its target. Called at least once: after a crash it may be called
 * again with the same run. Also told of final failures, with the outcome `failed`.
 */
export type RunResultHandler = (
  run: RunRecord,
  target: TargetRecord,
  result: RunResult,
) => Promise<void>;

/** Long enough that the process which took the result is done or gone. */
const REDELIVERY_AFTER_MS = 15_000;
const REDELIVERY_BATCH = 50;

/** Hands results to the handler until it has taken them in. */
export class RunOutcomes {
  readonly #stores: Pick<Stores, 'runs' | 'targets'>;
  readonly #handler: RunResultHandler;
  readonly #logger: LoggerService;
  readonly #now: () => number;

  constructor(options: {
    stores: Pick<Stores, 'runs' | 'targets'>;
    handler: RunResultHandler;
    logger: LoggerService;
    now?: () => number;
  }) {
    this.#stores = options.stores;
    this.#handler = options.handler;
    this.#logger = options.logger;
    this.#now = options.now ?? Date.now;
  }

  /** Never throws: what could not be taken in now is tried again by `redeliver`. */
  async deliver(run: RunRecord, result: RunResult): Promise<boolean> {
    try {
      const target = await this.#stores.targets.get(run.targetId);
      await this.#handler(run, target, result);
      await this.#stores.runs.settleOutcome(run.id);
      return true;
    } catch (error) {
      this.#logger.warn(
        `The end of run ${run.id} was not taken in yet, it will be tried again: ${error}`,
      );
      return false;
    }
  }

  /** Returns how many were taken in. */
  async redeliver(): Promise<number> {
    const pending = await this.#stores.runs.listPendingOutcomes(
      this.#now() - REDELIVERY_AFTER_MS,
      REDELIVERY_BATCH,
    );
    let delivered = 0;
    for (const { run, result } of pending) {
      if (await this.deliver(run, result)) delivered += 1;
    }
    return delivered;
  }
}
