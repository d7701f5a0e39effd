import { isError } from '@backstage/errors';
import {
  nextToTakeBack,
  ReturningTarget,
} from 'backstage-plugin-dataset-migration-common';
import { MigrationRecord, TargetRecord } from '../database/records';
import { Stores } from '../database/stores';
import { RunPlanner } from '../service/RunPlanner';
import { TargetService } from '../service/TargetService';
import { allTargets } from './allTargets';
import { byTarget } from './byTarget';
import { rulesOf } from './rulesOf';

export interface TakeBackRequest {
  signal: AbortSignal;
  actor?: string;
  reason?: string;
  /** Only what this wave has published; everything where absent. */
  wave?: number;
}

/**
 * Takes targets back in reverse graph order: a producer only when nobody who reads it, and goes
 * back too, still has the change. Called again and again it works through all of them.
 */
export class TakeBack {
  readonly #stores: Stores;
  readonly #targets: TargetService;
  readonly #planner: RunPlanner;

  constructor(options: {
    stores: Stores;
    targets: TargetService;
    planner: RunPlanner;
  }) {
    this.#stores = options.stores;
    this.#targets = options.targets;
    this.#planner = options.planner;
  }

  /** One step; true when all are back or on their way. */
  async advance(
    migration: MigrationRecord,
    request: TakeBackRequest,
  ): Promise<boolean> {
    const all = await allTargets(this.#stores.targets, migration.id);
    const { wave } = request;
    if (wave === undefined) {
      for (const target of all.filter(isNotPublished)) {
        await this.#takeBack(target, migration, request);
      }
    }
    const returning = all.filter(
      each => isPublished(each) && (wave === undefined || each.wave === wave),
    );
    if (returning.length === 0) return true;
    const next = new Set(await this.#next(migration, all, returning));
    for (const target of returning.filter(each => next.has(each.id))) {
      await this.#takeBack(target, migration, request);
    }
    return returning.every(
      each => next.has(each.id) || each.state === 'reverting',
    );
  }

  async #next(
    migration: MigrationRecord,
    all: TargetRecord[],
    returning: TargetRecord[],
  ): Promise<string[]> {
    const { order } = rulesOf(
      await this.#stores.migrations.getPlan(migration.id),
    );
    return nextToTakeBack({
      targets: returning.map(each => ({
        id: each.id,
        criticality: each.criticality,
        progress: progressOf(each),
      })),
      lineage: byTarget(await this.#stores.rollouts.lineage(migration.id), all),
      // What reads another goes back before it, in whichever order they were rolled out.
      order: order.includes('lineage') ? order : [...order, 'lineage'],
    });
  }

  async #takeBack(
    target: TargetRecord,
    migration: MigrationRecord,
    { signal, actor, reason }: TakeBackRequest,
  ): Promise<void> {
    signal.throwIfAborted();
    try {
      if (['simulating', 'approved'].includes(target.state)) {
        await this.#stores.runs.cancelForTarget(target.id);
      }
      const updated = await this.#targets.apply(target, 'roll-back', {
        actor,
        message: reason,
      });
      await this.#planner.ensureRun(updated, migration);
    } catch (error) {
      // It moved meanwhile; the next step looks again.
      if (!isError(error) || error.name !== 'ConflictError') throw error;
    }
  }
}

const UNPUBLISHED = [
  'unresolved',
  'pending',
  'simulating',
  'simulated',
  'approved',
];

/** Ends at once: nobody outside has seen it. What was made again has its pull request still. */
function isNotPublished(target: TargetRecord): boolean {
  return UNPUBLISHED.includes(target.state) && !target.pullRequest;
}

function isPublished(target: TargetRecord): boolean {
  if (target.state === 'ended') return target.outcome === 'migrated';
  return !isNotPublished(target);
}

function progressOf(target: TargetRecord): ReturningTarget['progress'] {
  if (target.state === 'reverting') {
    // A reverse change waits for people to merge it; others need not wait for them.
    return target.revert ? 'back' : 'under-way';
  }
  // Whether there is a pull request to close is not known yet.
  return target.state === 'publishing' ? 'under-way' : 'to-do';
}
