import { failedResult } from '../database/failedResult';
import { RunRecord } from '../database/records';
import { Stores } from '../database/stores';
import { backoffAfter } from './backoff';
import { RunFailure } from './RunFailure';
import { RunOutcomes } from './RunOutcomes';

/** Decides what follows a failed attempt: another one later, or the end of the run. */
export class AttemptFailures {
  readonly #stores: Pick<Stores, 'runs'>;
  readonly #outcomes: RunOutcomes;
  readonly #options: { backoffMs: number; maxBackoffMs: number };
  readonly #now: () => number;

  constructor(options: {
    stores: Pick<Stores, 'runs'>;
    outcomes: RunOutcomes;
    options: { backoffMs: number; maxBackoffMs: number };
    now?: () => number;
  }) {
    this.#stores = options.stores;
    this.#outcomes = options.outcomes;
    this.#options = options.options;
    this.#now = options.now ?? Date.now;
  }

  /**
   * Without effect when the attempt is stale.
   *
   * @param options.blameless - true where the run could not even begin: the attempt does not
   *   count against its limit.
   */
  async fail(
    run: RunRecord,
    failure: RunFailure,
    options: { blameless?: boolean } = {},
  ): Promise<void> {
    const { retryAt, ...recorded } = failure;
    // A forge that names the time to come back is not the run's fault either.
    const blameless = options.blameless || retryAt !== undefined;
    const hasAttempts = blameless || run.attempt < run.maxAttempts;
    if (failure.retryable && hasAttempts) {
      const availableAt =
        retryAt ?? this.#now() + backoffAfter(run.attempt, this.#options);
      await this.#stores.runs.requeue(run, availableAt, recorded, {
        extraAttempt: blameless,
      });
      return;
    }
    const final = { ...recorded, retryable: false };
    const result = failedResult(final);
    const finished = await this.#stores.runs.finish(run, {
      state: 'failed',
      failure: final,
      result,
    });
    if (finished) {
      const ended = await this.#stores.runs.get(run.id);
      await this.#outcomes.deliver(ended, result);
    }
  }
}
