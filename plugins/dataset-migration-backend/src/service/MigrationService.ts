import { randomUUID } from 'node:crypto';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import {
  Api,
  MigrationEvent,
  MigrationPosition,
  transitionMigration,
} from 'backstage-plugin-dataset-migration-common';
import { MigrationRecord, PlanRecord } from '../database/records';
import { Stores } from '../database/stores';
import { SampleChecker } from '../plans/SampleChecker';
import { CheckedPlan, hasError, PlanService } from '../plans/PlanService';

/** Migrations and their plans: drafts, versions, and the steps of the state machine. */
export class MigrationService {
  readonly #stores: Stores;
  readonly #plans: PlanService;
  readonly #now: () => number;
  readonly #samples: Pick<SampleChecker, 'check'>;

  constructor(options: {
    stores: Stores;
    plans: PlanService;
    samples: Pick<SampleChecker, 'check'>;
    /** UTC epoch milliseconds. */
    now?: () => number;
  }) {
    this.#now = options.now ?? Date.now;
    this.#stores = options.stores;
    this.#plans = options.plans;
    this.#samples = options.samples;
  }

  /** @throws ConflictError when the dataset has a migration that has not ended. */
  async create(
    dataset: Entity,
    source: Api.PlanSource,
    createdBy: string,
    campaignId?: string,
  ): Promise<MigrationRecord> {
    const ref = stringifyEntityRef(dataset);
    const existing = await this.current(ref);
    if (existing) {
      throw new ConflictError(
        `${ref} has the migration "${existing.title}" already, which is ${existing.state}. End it before you start another.`,
      );
    }
    const checked = await this.#plans.check(dataset, source, 1);
    const now = Date.now();
    const migration: MigrationRecord = {
      id: randomUUID(),
      dataset: ref,
      campaignId,
      ...headOf(checked, dataset),
      state: 'draft',
      planVersion: 1,
      createdBy,
      createdAt: now,
      updatedAt: now,
    };
    await this.#stores.migrations.create(migration, {
      ...planRecord(migration.id, 1, checked, createdBy),
      sample: await this.#samples.check(ref, checked.mapping),
    });
    await this.#stores.activity.record({
      migrationId: migration.id,
      actor: createdBy,
      kind: 'created',
      message: `Prepared "${migration.title}" from ${
        checked.url ?? 'a pasted plan'
      }.`,
    });
    return this.#stores.migrations.get(migration.id);
  }

  /** A new version; a migration that started takes none with errors. */
  async updatePlan(
    migration: MigrationRecord,
    dataset: Entity,
    source: Api.PlanSource,
    actor: string,
  ): Promise<PlanRecord> {
    if (migration.state === 'ended') {
      throw new ConflictError('The migration has ended; its plan stays.');
    }
    const version = migration.planVersion + 1;
    const checked = await this.#plans.check(dataset, source, version);
    if (migration.state !== 'draft' && hasError(checked.problems)) {
      const [first] = checked.problems.filter(
        problem => problem.severity === 'error',
      );
      throw new InputError(
        `The new plan has errors and was not taken. Line ${first.line}: ${first.message}`,
      );
    }
    const plan = {
      ...planRecord(migration.id, version, checked, actor),
      sample: await this.#samples.check(migration.dataset, checked.mapping),
    };
    await this.#stores.migrations.addPlan(plan);
    await this.#stores.activity.record({
      migrationId: migration.id,
      actor,
      kind: 'plan-updated',
      message: `Plan version ${version}.`,
    });
    return plan;
  }

  /** The migration of a dataset that has not ended; undefined when there is none. */
  async current(dataset: string): Promise<MigrationRecord | undefined> {
    const { items } = await this.#stores.migrations.list(
      {
        dataset,
        state: ['draft', 'active', 'paused', 'halted', 'rolling-back'],
      },
      { limit: 1 },
    );
    return items[0];
  }

  /** The newest migration of a dataset, ended or not. */
  async latest(dataset: string): Promise<MigrationRecord | undefined> {
    const { items } = await this.#stores.migrations.list(
      { dataset },
      { limit: 1 },
    );
    return items[0];
  }

  /** @throws ConflictError when the state does not take the event, or moved meanwhile. */
  async apply(
    migration: MigrationRecord,
    event: MigrationEvent,
    details: { actor: string; reason?: string; remainingReaders?: number },
  ): Promise<MigrationRecord> {
    const plan = await this.#stores.migrations.getPlan(migration.id);
    const next = transitionMigration(
      {
        state: migration.state,
        outcome: migration.outcome,
      } as MigrationPosition,
      event,
      {
        reason: details.reason,
        planErrors: plan.problems.filter(each => each.severity === 'error')
          .length,
        remainingReaders: details.remainingReaders,
      },
    );
    const changed = await this.#stores.migrations.changeState(
      migration.id,
      migration.state,
      {
        ...next,
        reason: details.reason,
        ...(event === 'start' && { startedBy: details.actor }),
        // Errors up to now are on record; from here on the breaker counts anew.
        ...(event === 'resume' &&
          migration.state === 'halted' && { decidedAt: this.#now() }),
      },
    );
    if (!changed) {
      throw new ConflictError(
        'The migration was changed by somebody else meanwhile. Look again.',
      );
    }
    await this.#stores.activity.record({
      migrationId: migration.id,
      actor: details.actor,
      kind: event,
      message: `${event}, now ${next.outcome ?? next.state}${
        details.reason ? `: ${details.reason}` : ''
      }`,
    });
    return this.#stores.migrations.get(migration.id);
  }

  /** @throws NotFoundError when the plan has no mapping because of its errors. */
  async planOf(migration: MigrationRecord): Promise<PlanRecord> {
    const plan = await this.#stores.migrations.getPlan(migration.id);
    if (!plan) throw new NotFoundError(`No plan for ${migration.id}.`);
    return plan;
  }
}

function headOf(checked: CheckedPlan, dataset: Entity) {
  const name = checked.plan?.metadata.name ?? dataset.metadata.name;
  return {
    name,
    title:
      checked.plan?.metadata.title ??
      dataset.metadata.title ??
      `Migrate ${name}`,
    deadline: checked.plan?.spec.deadline,
  };
}

function planRecord(
  migrationId: string,
  version: number,
  checked: CheckedPlan,
  createdBy: string,
): PlanRecord {
  return {
    migrationId,
    version,
    text: checked.text,
    url: checked.url,
    problems: checked.problems,
    mapping: checked.mapping,
    createdBy,
    createdAt: Date.now(),
  };
}
