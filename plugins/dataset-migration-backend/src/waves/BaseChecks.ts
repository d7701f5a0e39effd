import { isError } from '@backstage/errors';
import { LoggerService } from '@backstage/backend-plugin-api';
import { ConsumerHealth } from 'backstage-plugin-dataset-migration-common';
import { TargetRecord } from '../database/records';
import { TargetStore } from '../database/stores';
import { CheckSummary } from '../forge/CheckSummary';
import { GithubForge } from '../forge/GithubForge';

/** Most targets that one step looks at: the forge's budget is for publishing. */
const MOST_AT_ONCE = 20;
const AGAIN_MS = 60_000;
/** What passed may fail later, in a nightly build. */
const PASSED_AGAIN_MS = 3_600_000;

/**
 * Looks at the checks of the base branch after a merge. They stand for the consumer's health
 * where nobody knows better; what failed before the merge is not ours.
 */
export class BaseChecks {
  readonly #targets: Pick<TargetStore, 'update'>;
  readonly #forge: Pick<GithubForge, 'listChecks' | 'defaultHead'>;
  readonly #logger: LoggerService;
  readonly #now: () => number;

  constructor(options: {
    targets: Pick<TargetStore, 'update'>;
    forge: Pick<GithubForge, 'listChecks' | 'defaultHead'>;
    logger: LoggerService;
    now?: () => number;
  }) {
    this.#targets = options.targets;
    this.#forge = options.forge;
    this.#logger = options.logger;
    this.#now = options.now ?? Date.now;
  }

  /** Looks at those that nobody has looked at for long enough; returns how many. */
  async look(targets: TargetRecord[], signal: AbortSignal): Promise<number> {
    const due = targets
      .filter(each => each.mergedCommit && this.#dueAt(each) <= this.#now())
      .slice(0, MOST_AT_ONCE);
    for (const target of due) {
      signal.throwIfAborted();
      try {
        const health = await this.#healthOf(target, signal);
        await this.#targets.update(target, {
          facts: { ...target.facts, health },
          // It did not move: what waits since then waits on.
          updatedAt: target.updatedAt,
        });
      } catch (error) {
        signal.throwIfAborted();
        // It moved, or the forge did not answer: looked at again with the next step.
        if (isError(error) && error.name === 'ConflictError') continue;
        this.#logger.warn('The checks of a base branch could not be read', {
          targetId: target.id,
          error: String(error),
        });
      }
    }
    return due.length;
  }

  #dueAt({ facts }: TargetRecord): number {
    const { lookedAt, baseChecks } = facts?.health ?? {};
    if (lookedAt === undefined) return 0;
    const isFine = baseChecks === 'passed' || baseChecks === 'none';
    return lookedAt + (isFine ? PASSED_AGAIN_MS : AGAIN_MS);
  }

  async #healthOf(
    target: TargetRecord,
    signal: AbortSignal,
  ): Promise<ConsumerHealth> {
    const { repository = '', mergedCommit = '', facts } = target;
    const where = { repository, signal };
    const checksOf = async (commit: string) =>
      verdictOf(
        await this.#forge.listChecks({ ...where, commit }),
        facts?.baseFailing ?? [],
      );
    let baseChecks = await checksOf(mergedCommit);
    if (baseChecks === 'failed') {
      // Somebody may have corrected it since.
      const head = await this.#forge.defaultHead(where);
      if (head !== mergedCommit) baseChecks = await checksOf(head);
    }
    const before = facts?.health;
    const now = this.#now();
    const recovered =
      before?.baseChecks === 'failed' && baseChecks !== 'failed';
    return {
      status: 'unknown',
      ...before,
      baseChecks,
      lookedAt: now,
      ...(recovered && { recoveredAt: now }),
    };
  }
}

function verdictOf(
  { failing, pending, passed }: CheckSummary,
  failedBefore: string[],
): NonNullable<ConsumerHealth['baseChecks']> {
  if (failing.some(each => !failedBefore.includes(each))) return 'failed';
  if (pending.length > 0) return 'pending';
  return passed.length > 0 ? 'passed' : 'none';
}
