import { isError } from '@backstage/errors';
import { MigrationRecord, TargetRecord } from '../database/records';
import { RunPlanner } from '../service/RunPlanner';
import { TargetService } from '../service/TargetService';
import { RolloutNow } from './RolloutReader';

/**
 * Most targets of one migration that are on their way to the forge at once. What waits there
 * is published even after a halt, so it must be little; the forge takes about one a second.
 */
const MOST_PUBLISHING = 50;

/** Sends the approved targets of open waves on their way, within the plan's hours. */
export class WavePublisher {
  readonly #targets: TargetService;
  readonly #planner: RunPlanner;

  constructor(options: { targets: TargetService; planner: RunPlanner }) {
    this.#targets = options.targets;
    this.#planner = options.planner;
  }

  /** The approved targets of open waves, in order, as many as the forge takes soon. */
  async publish(
    migration: MigrationRecord,
    now: RolloutNow,
    { signal, actor }: { signal: AbortSignal; actor?: string },
  ): Promise<void> {
    const { targets, rollout } = now;
    let free =
      MOST_PUBLISHING -
      targets.filter(each => each.state === 'publishing').length;
    const waiting = targets
      .filter(each => isWaiting(each) && each.wave <= rollout.openWave)
      .sort((a, b) => a.wave - b.wave);
    for (const target of waiting) {
      signal.throwIfAborted();
      const opening = now.openingOf(target);
      if (!opening.open) {
        await this.#waitForWindow(target, opening.at);
        continue;
      }
      if (free <= 0) continue;
      free -= 1;
      await this.#unlessMoved(async () => {
        const updated = await this.#targets.apply(target, 'wave-opens', {
          actor,
        });
        await this.#planner.ensureRun(updated, migration);
      });
    }
  }

  async #waitForWindow(target: TargetRecord, until: number): Promise<void> {
    if (target.blocked === 'window' && target.retryAt === until) return;
    await this.#unlessMoved(() =>
      this.#targets.apply(target, 'block', {
        blocked: 'window',
        retryAt: until,
        reason: 'OUTSIDE_WINDOW',
        message: 'It is outside the hours in which the plan publishes.',
      }),
    );
  }

  async #unlessMoved(step: () => Promise<unknown>): Promise<void> {
    try {
      await step();
    } catch (error) {
      if (!isError(error) || error.name !== 'ConflictError') throw error;
    }
  }
}

/** Approved, and nothing but its wave, its turn or the hour in its way. */
export function isWaiting(target: TargetRecord): boolean {
  return (
    target.state === 'approved' &&
    // That one is published by itself, once it is verified again.
    target.blocked !== 'verification' &&
    target.blocked !== 'upstream'
  );
}
