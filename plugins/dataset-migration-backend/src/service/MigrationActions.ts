import { ConflictError, InputError, isError } from '@backstage/errors';
import { Api, rerunAfterFix } from 'backstage-plugin-dataset-migration-common';
import { MigrationRecord, TargetRecord } from '../database/records';
import { Stores } from '../database/stores';
import { DiscoveryService } from '../discovery/DiscoveryService';
import { allTargets } from '../waves/allTargets';
import { failedTargets } from '../waves/failedTargets';
import { nameOfWave } from '../waves/nameOfWave';
import { RolloutNow, RolloutReader } from '../waves/RolloutReader';
import { TakeBack } from '../waves/TakeBack';
import { WavePublisher } from '../waves/WavePublisher';
import {
  actionTargets,
  describeEffect,
  MIGRATION_ACTIONS,
  MigrationAction,
} from './actionTargets';
import { MigrationService } from './MigrationService';
import { planOf } from './planOf';
import { requireStep } from './planPolicy';
import { RunPlanner } from './RunPlanner';
import { TargetService } from './TargetService';

export interface ActionOptions {
  actor: string;
  reason?: string;
  targetIds?: string[];
  expectedTargets?: number;
  /** With `resume`: what went wrong and is fixed; who failed alike runs again. */
  signatures?: string[];
  signal: AbortSignal;
}

/** What people do to a whole migration, from finding its consumers to taking it back. */
export class MigrationActions {
  readonly #stores: Stores;
  readonly #migrations: MigrationService;
  readonly #targets: TargetService;
  readonly #discovery: DiscoveryService;
  readonly #planner: RunPlanner;
  readonly #rollouts: RolloutReader;
  readonly #publisher: WavePublisher;
  readonly #takeBack: TakeBack;

  constructor(options: {
    stores: Stores;
    migrations: MigrationService;
    targets: TargetService;
    discovery: DiscoveryService;
    planner: RunPlanner;
    rollouts: RolloutReader;
    publisher: WavePublisher;
    takeBack: TakeBack;
  }) {
    this.#stores = options.stores;
    this.#migrations = options.migrations;
    this.#targets = options.targets;
    this.#discovery = options.discovery;
    this.#planner = options.planner;
    this.#rollouts = options.rollouts;
    this.#publisher = options.publisher;
    this.#takeBack = options.takeBack;
  }

  /** @throws InputError for a name that is no action. */
  static parse(action: string): MigrationAction {
    const known = MIGRATION_ACTIONS.find(each => each === action);
    if (!known) {
      throw new InputError(
        `"${action}" is not an action. Known are ${MIGRATION_ACTIONS.join(
          ', ',
        )}.`,
      );
    }
    return known;
  }

  async preview(
    migration: MigrationRecord,
    action: MigrationAction,
  ): Promise<Omit<Api.ActionEffect, 'allowed'>> {
    const { moved } = await this.#affected(migration, action);
    return { action, ...describeEffect(action, moved) };
  }

  /** Returns how many targets moved. */
  async act(
    migration: MigrationRecord,
    action: MigrationAction,
    options: ActionOptions,
  ): Promise<number> {
    const { moved, rollout } = await this.#affected(
      migration,
      action,
      options.targetIds,
    );
    if (
      options.expectedTargets !== undefined &&
      options.expectedTargets !== moved.length
    ) {
      throw new ConflictError(
        `This would affect ${moved.length} targets by now, not ${options.expectedTargets}. Look again before you confirm.`,
      );
    }
    switch (action) {
      case 'start':
        return this.#start(migration, options);
      case 'discover':
        requireActive(migration, action);
        return this.#discover(migration, options);
      case 'simulate':
        requireActive(migration, action);
        await this.#requireStep(migration, 'simulate');
        return this.#move(migration, moved, 'simulate', options);
      case 'publish':
        requireActive(migration, action);
        await this.#requireStep(migration, 'publish');
        await this.#publish(migration, rollout, moved, options);
        return moved.length;
      case 'cancel': {
        const next = await this.#migrations.apply(migration, action, options);
        return this.#move(next, moved, action, options);
      }
      case 'roll-back': {
        const next = await this.#migrations.apply(migration, action, options);
        // Readers first; a scheduled slice works through the rest.
        await this.#takeBack.advance(next, options);
        return moved.length;
      }
      case 'resume':
        return this.#resume(migration, options);
      default:
        await this.#migrations.apply(migration, action, options);
        return 0;
    }
  }

  /** After a fix only those run again that failed as what was fixed. */
  async #resume(
    migration: MigrationRecord,
    options: ActionOptions,
  ): Promise<number> {
    const next = await this.#migrations.apply(migration, 'resume', options);
    const signatures = options.signatures ?? [];
    if (signatures.length === 0) return 0;
    const all = await allTargets(this.#stores.targets, migration.id);
    const byId = new Map(all.map(each => [each.id, each]));
    const { rerun } = rerunAfterFix(failedTargets(all), signatures);
    let again = 0;
    for (const { id, event } of rerun) {
      options.signal.throwIfAborted();
      const target = byId.get(id);
      if (!target) continue;
      const details = { actor: options.actor, message: options.reason };
      const pending =
        event === 'retry'
          ? await this.#targets.apply(target, 'retry', details)
          : target;
      const updated = await this.#targets.apply(pending, 'simulate', details);
      await this.#planner.ensureRun(updated, next);
      again += 1;
    }
    return again;
  }

  async #requireStep(migration: MigrationRecord, step: string): Promise<void> {
    const record = await this.#stores.migrations.getPlan(migration.id);
    requireStep(planOf(record).plan, step);
  }

  async #start(
    migration: MigrationRecord,
    options: ActionOptions,
  ): Promise<number> {
    if (migration.state !== 'draft') {
      throw new ConflictError(`The migration is ${migration.state} already.`);
    }
    // Discovery first: killed in between, the draft is still a draft and starts again.
    const added = await this.#discover(migration, options);
    await this.#migrations.apply(migration, 'start', options);
    return added;
  }

  async #discover(
    migration: MigrationRecord,
    options: ActionOptions,
  ): Promise<number> {
    const { plan, mapping } = planOf(
      await this.#stores.migrations.getPlan(migration.id),
    );
    const summary = await this.#discovery.discover(
      migration,
      plan,
      mapping,
      options.signal,
    );
    // Shown with their waves from the start.
    await this.#rollouts.read(migration);
    await this.#stores.activity.record({
      migrationId: migration.id,
      actor: options.actor,
      kind: 'discovered',
      message: [
        `Found ${summary.found} consumers, ${summary.added} of them new, ${summary.unresolved} without a usable repository.`,
        summary.truncated
          ? 'The list was cut short at the configured limit.'
          : '',
        ...summary.problems,
      ]
        .filter(Boolean)
        .join(' '),
    });
    return summary.added;
  }

  async #move(
    migration: MigrationRecord,
    targets: TargetRecord[],
    action: 'simulate' | 'cancel',
    options: ActionOptions,
  ): Promise<number> {
    let moved = 0;
    for (const target of targets) {
      options.signal.throwIfAborted();
      if (await this.#moveOne(migration, target, action, options)) moved += 1;
    }
    return moved;
  }

  /**
   * False where the action does not concern the target any more: a run that reports in between, or
   * somebody else, must not keep the action from all the others.
   */
  async #moveOne(
    migration: MigrationRecord,
    target: TargetRecord,
    action: 'simulate' | 'cancel',
    { actor, reason, targetIds }: ActionOptions,
  ): Promise<boolean> {
    let current = target;
    for (;;) {
      if (
        action === 'cancel' &&
        ['simulating', 'approved'].includes(current.state)
      ) {
        await this.#stores.runs.cancelForTarget(current.id);
      }
      try {
        const updated = await this.#targets.apply(current, action, {
          actor,
          message: reason,
        });
        await this.#planner.ensureRun(updated, migration);
        return true;
      } catch (error) {
        const now = await this.#stores.targets.get(current.id);
        const isOvertaken = now.version !== current.version;
        if (!isConflict(error) || !isOvertaken) throw error;
        if (actionTargets(action, [now], { targetIds }).length === 0) {
          return false;
        }
        current = now;
      }
    }
  }

  /** What an action would move now; for `publish` with the waves it is about. */
  async #affected(
    migration: MigrationRecord,
    action: MigrationAction,
    targetIds?: string[],
  ): Promise<{ moved: TargetRecord[]; rollout?: RolloutNow }> {
    if (action !== 'publish' || migration.state !== 'active') {
      const all = await allTargets(this.#stores.targets, migration.id);
      return { moved: actionTargets(action, all, { targetIds }) };
    }
    const rollout = await this.#rollouts.read(migration);
    const openTo = rollout.rollout.openWave;
    const waiting = actionTargets(action, rollout.targets, { openTo });
    const { next } = rollout.status;
    if (waiting.length > 0 || !next) return { moved: waiting, rollout };
    return {
      moved: actionTargets(action, rollout.targets, { openTo: next.wave }),
      rollout,
    };
  }

  /**
   * Starts the rollout, or opens the next wave before its time, which takes a reason. From
   * then on waves open by themselves.
   */
  async #publish(
    migration: MigrationRecord,
    before: RolloutNow | undefined,
    moved: TargetRecord[],
    options: ActionOptions,
  ): Promise<void> {
    const { signal, actor, reason } = options;
    const next = before?.status.next;
    const opensNext =
      next && moved.every(each => each.wave > before.rollout.openWave);
    if (opensNext) {
      const waits = next.waitsFor;
      if (waits && waits.for !== 'start' && !reason?.trim()) {
        throw new ConflictError(
          `Wave ${next.wave} ${next.message}. Say why it opens before that.`,
        );
      }
      const opened = await this.#stores.rollouts.openWave(
        migration.id,
        next.wave,
        {
          actor,
          reason,
          message: `${nameOfWave(before.status.waves[next.wave - 1])} opens${
            reason ? `: ${reason}` : '.'
          }`,
        },
      );
      if (!opened) {
        throw new ConflictError(
          'The rollout was changed by somebody else meanwhile. Look again.',
        );
      }
    }
    await this.#publisher.publish(
      migration,
      await this.#rollouts.read(migration),
      { signal, actor },
    );
  }
}

function requireActive(migration: MigrationRecord, action: string): void {
  if (migration.state !== 'active') {
    throw new ConflictError(
      `The migration is ${migration.state}; ${action} needs an active one.`,
    );
  }
}

function isConflict(error: unknown): boolean {
  return isError(error) && error.name === 'ConflictError';
}
