import { LoggerService } from '@backstage/backend-plugin-api';
import { Stores } from '../database/stores';

/** Forgets the details of runs that ended long ago; the record of what was decided stays. */
export class RunRetention {
  readonly #runs: Pick<Stores['runs'], 'removeOld'>;
  readonly #keepMs: number;
  readonly #logger: LoggerService;
  readonly #now: () => number;

  constructor(options: {
    stores: { runs: Pick<Stores['runs'], 'removeOld'> };
    keepMs: number;
    logger: LoggerService;
    now?: () => number;
  }) {
    this.#runs = options.stores.runs;
    this.#keepMs = options.keepMs;
    this.#logger = options.logger;
    this.#now = options.now ?? Date.now;
  }

  async apply(signal: AbortSignal): Promise<void> {
    const removed = await this.#runs.removeOld({
      endedBefore: this.#now() - this.#keepMs,
      signal,
    });
    if (removed.runs || removed.emptied) {
      this.#logger.info('Details of old runs were removed', { ...removed });
    }
  }
}
