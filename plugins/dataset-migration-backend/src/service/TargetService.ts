import { LoggerService } from '@backstage/backend-plugin-api';
import { EventsService } from '@backstage/plugin-events-node';
import {
  factsAfter,
  MigrationStatusEvent,
  STATUS_TOPIC,
  TargetBlocked,
  TargetContext,
  TargetEvent,
  TargetPosition,
  TargetState,
  transitionTarget,
} from 'backstage-plugin-dataset-migration-common';
import { TargetRecord } from '../database/records';
import { Stores } from '../database/stores';
import { TargetEvents } from '../domain/services';

type Details = NonNullable<Parameters<TargetEvents['apply']>[2]>;

/** Called after every step of a target, outside of any transaction. */
export type TargetListener = (target: TargetRecord) => Promise<void>;

/**
 * The one place where targets move: applies the state machine, writes with the optimistic
 * lock, records who did it, and tells the others.
 */
export class TargetService implements TargetEvents {
  readonly #stores: Stores;
  readonly #events: EventsService;
  readonly #logger: LoggerService;
  readonly #now: () => number;
  readonly #listeners: TargetListener[] = [];

  constructor(options: {
    stores: Stores;
    events: EventsService;
    logger: LoggerService;
    /** UTC epoch milliseconds. */
    now?: () => number;
  }) {
    this.#now = options.now ?? Date.now;
    this.#stores = options.stores;
    this.#events = options.events;
    this.#logger = options.logger;
  }

  onMoved(listener: TargetListener): void {
    this.#listeners.push(listener);
  }

  async apply(
    target: TargetRecord,
    event: string,
    details: Details = {},
    context: TargetContext = {},
  ): Promise<TargetRecord> {
    const { actor = 'system', ...changes } = details;
    const next = transitionTarget(positionOf(target), event as TargetEvent, {
      reason: changes.message,
      blocked: changes.blocked as TargetBlocked | undefined,
      // Where none is known, one may be being opened.
      ...(isPublished(target, event) && { pullRequestExists: true }),
      ...context,
    });
    const updated = await this.#stores.targets.update(target, {
      // What explained the last position does not explain this one.
      reason: undefined,
      message: undefined,
      retryAt: undefined,
      ...changes,
      // With the step or not at all: the breaker counts what is on record here.
      facts: factsAfter(changes.facts ?? target.facts, {
        from: target.state as TargetState,
        event: event as TargetEvent,
        to: next,
        at: this.#now(),
      }),
      state: next.state,
      outcome: next.outcome,
      blocked: next.blocked,
    });
    await this.#stores.activity.record({
      migrationId: target.migrationId,
      targetId: target.id,
      actor,
      kind: event,
      message: describe(updated, event),
    });
    await this.#tell(updated);
    return updated;
  }

  async #tell(target: TargetRecord): Promise<void> {
    const eventPayload: MigrationStatusEvent = {
      subject: 'target',
      migrationId: target.migrationId,
      targetId: target.id,
      state: target.state,
      outcome: target.outcome,
      blocked: target.blocked,
      at: target.updatedAt,
    };
    const told = [
      this.#events.publish({ topic: STATUS_TOPIC, eventPayload }),
      ...this.#listeners.map(listener => listener(target)),
    ];
    for (const result of await Promise.allSettled(told)) {
      // Listeners are hints: the scheduled slices find whatever they missed.
      if (result.status === 'rejected') {
        this.#logger.warn('A target moved and somebody could not be told', {
          targetId: target.id,
          error: String(result.reason),
        });
      }
    }
  }
}

/** Whether there is a pull request to close or, on a roll back, one that was merged to reverse. */
function isPublished(target: TargetRecord, event: string): boolean {
  const { pullRequest, state, revert } = target;
  if (pullRequest?.state === 'open') return true;
  return (
    event === 'roll-back' &&
    // Where reads were left after the merge, another one may be on its way.
    state !== 'publishing' &&
    pullRequest?.state === 'merged' &&
    !revert
  );
}

/** What the state machine moves. */
export function positionOf(target: TargetRecord): TargetPosition {
  return {
    state: target.state,
    outcome: target.outcome,
    blocked: target.blocked,
  } as TargetPosition;
}

function describe(target: TargetRecord, event: string): string {
  const name = target.consumer ?? target.repository ?? target.id;
  const where = target.outcome
    ? `${target.state}: ${target.outcome}`
    : target.state;
  const why = target.message ? ` (${target.message})` : '';
  return `${name}: ${event}, now ${where}${why}`;
}
