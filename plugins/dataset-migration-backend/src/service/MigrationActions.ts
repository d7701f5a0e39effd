import { ConflictError, InputError } from '@backstage/errors';
import { Api } from 'backstage-plugin-dataset-migration-common';
import { MigrationRecord, TargetRecord } from '../database/records';
import { Stores } from '../database/stores';
import { DiscoveryService } from '../discovery/DiscoveryService';
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
  signal: AbortSignal;
}

/** What people do to a whole migration, from finding its consumers to taking it back. */
export class MigrationActions {
  readonly #stores: Stores;
  readonly #migrations: MigrationService;
  readonly #targets: TargetService;
  readonly #discovery: DiscoveryService;
  readonly #planner: RunPlanner;

  constructor(options: {
    stores: Stores;
    migrations: MigrationService;
    targets: TargetService;
    discovery: DiscoveryService;
    planner: RunPlanner;
  }) {
    this.#stores = options.stores;
    this.#migrations = options.migrations;
    this.#targets = options.targets;
    this.#discovery = options.discovery;
    this.#planner = options.planner;
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
    const moved = actionTargets(action, await this.#all(migration.id));
    return { action, ...describeEffect(action, moved) };
  }

  /** Returns how many targets moved. */
  async act(
    migration: MigrationRecord,
    action: MigrationAction,
    options: ActionOptions,
  ): Promise<number> {
    const moved = actionTargets(
      action,
      await this.#all(migration.id),
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
        return this.#move(migration, moved, 'wave-opens', options);
      case 'cancel':
      case 'roll-back': {
        const next = await this.#migrations.apply(migration, action, options);
        return this.#move(next, moved, action, options);
      }
      default:
        await this.#migrations.apply(migration, action, options);
        return 0;
    }
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
    event: string,
    options: ActionOptions,
  ): Promise<number> {
    let moved = 0;
    for (const target of targets) {
      options.signal.throwIfAborted();
      if (
        ['cancel', 'roll-back'].includes(event) &&
        ['simulating', 'approved'].includes(target.state)
      ) {
        await this.#stores.runs.cancelForTarget(target.id);
      }
      const updated = await this.#targets.apply(target, event, {
        actor: options.actor,
        message: options.reason,
      });
      await this.#planner.ensureRun(updated, migration);
      moved += 1;
    }
    return moved;
  }

  async #all(migrationId: string): Promise<TargetRecord[]> {
    const all: TargetRecord[] = [];
    for await (const batch of this.#stores.targets.iterate({ migrationId })) {
      all.push(...batch);
    }
    return all;
  }
}

function requireActive(migration: MigrationRecord, action: string): void {
  if (migration.state !== 'active') {
    throw new ConflictError(
      `The migration is ${migration.state}; ${action} needs an active one.`,
    );
  }
}
