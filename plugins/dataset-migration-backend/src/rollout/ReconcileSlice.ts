import { LoggerService } from '@backstage/backend-plugin-api';
import { TargetRecord } from '../database/records';
import { Stores } from '../database/stores';
import { PullRequestFollower } from '../domain/services';
import { isForgeError } from '../forge/ForgeFailure';

export interface ReconcileSliceOptions {
  targets: Pick<Stores['targets'], 'iterate'>;
  follower: PullRequestFollower;
  logger: LoggerService;
  /** Targets that one slice looks at; 100 by default. */
  size?: number;
}

/** Signatures that hold for the whole host: asking on would only make it worse. */
const STOP_AT = new Set(['RATE_LIMITED', 'FORGE_BUDGET', 'FORGE_DOWN']);

/**
 * Looks at a bounded number of pull requests, those first that were looked at longest ago.
 * Webhooks only make this faster; without any it still converges.
 */
export class ReconcileSlice {
  readonly #options: ReconcileSliceOptions;
  /** By target, in epoch milliseconds. Lost on a restart, which only changes the order. */
  readonly #checkedAt = new Map<string, number>();

  constructor(options: ReconcileSliceOptions) {
    this.#options = options;
  }

  async run(
    signal: AbortSignal,
  ): Promise<{ followed: number; failed: number }> {
    const { follower, logger } = this.#options;
    const silent = new Set<string>();
    let [followed, failed] = [0, 0];
    for (const target of await this.#oldest()) {
      signal.throwIfAborted();
      const host = target.repository?.split('/')[0] ?? '';
      if (silent.has(host)) continue;
      this.#checkedAt.set(target.id, Date.now());
      try {
        await follower.follow(target, signal);
        followed += 1;
      } catch (error) {
        signal.throwIfAborted();
        failed += 1;
        if (isForgeError(error) && STOP_AT.has(error.failure.signature)) {
          silent.add(host);
        }
        logger.warn('A pull request could not be followed', {
          targetId: target.id,
          error: String(error),
        });
      }
    }
    return { followed, failed };
  }

  async #oldest(): Promise<TargetRecord[]> {
    const size = this.#options.size ?? 100;
    const filter = { state: ['open', 'reverting'] };
    const found = new Set<string>();
    let oldest: TargetRecord[] = [];
    for await (const batch of this.#options.targets.iterate(filter)) {
      for (const target of batch) {
        if (!target.repository) continue;
        if (target.state === 'reverting' && !target.revert) continue;
        found.add(target.id);
        oldest.push(target);
      }
      oldest.sort((a, b) => this.#lastLook(a) - this.#lastLook(b));
      oldest = oldest.slice(0, size);
    }
    for (const id of this.#checkedAt.keys()) {
      if (!found.has(id)) this.#checkedAt.delete(id);
    }
    return oldest;
  }

  #lastLook(target: TargetRecord): number {
    return this.#checkedAt.get(target.id) ?? 0;
  }
}
