import { NotFoundError } from '@backstage/errors';
import { Knex } from 'knex';
import { migrationCodec, planCodec } from './codecs';
import { refuseDuplicate } from './operations/refuseDuplicate';
import { readPage } from './operations/readPage';
import { MigrationRecord, PlanRecord } from './records';
import { MigrationStore, Page, PageRequest } from './stores';

/** Migrations and the versions of their plans. */
export class DatabaseMigrationStore implements MigrationStore {
  readonly #knex: Knex;
  readonly #now: () => number;

  constructor(knex: Knex, now: () => number) {
    this.#knex = knex;
    this.#now = now;
  }

  async create(migration: MigrationRecord, plan: PlanRecord): Promise<void> {
    await refuseDuplicate(
      () =>
        this.#knex.transaction(async tx => {
          await tx('migrations').insert(migrationCodec.toRow(migration));
          await tx('plans').insert(planCodec.toRow(plan));
        }),
      `${migration.dataset} has a migration already that has not ended.`,
    );
  }

  async get(id: string): Promise<MigrationRecord> {
    const row = await this.#knex('migrations').where({ id }).first();
    if (!row) {
      throw new NotFoundError(`There is no migration ${id}.`);
    }
    return migrationCodec.fromRow(row);
  }

  async list(
    filter: { dataset?: string; state?: string[]; campaignId?: string },
    page: PageRequest,
  ): Promise<Page<MigrationRecord>> {
    const query = this.#knex('migrations');
    if (filter.dataset) query.where('dataset', filter.dataset);
    if (filter.state?.length) query.whereIn('state', filter.state);
    if (filter.campaignId) query.where('campaign_id', filter.campaignId);
    return readPage(
      query,
      { column: 'created_at', id: 'id', direction: 'desc' },
      page,
      row => migrationCodec.fromRow(row),
    );
  }

  async changeState(
    id: string,
    expectedState: string,
    next: {
      state: string;
      outcome?: string;
      reason?: string;
      startedBy?: string;
      decidedAt?: number;
    },
  ): Promise<boolean> {
    return refuseDuplicate(
      () =>
        this.#knex.transaction(async tx => {
          const changed = await tx('migrations')
            .where({ id, state: expectedState })
            .update({
              state: next.state,
              outcome: next.outcome ?? null,
              reason: next.reason ?? null,
              updated_at: this.#now(),
              ...(next.startedBy && { started_by: next.startedBy }),
            });
          if (changed === 1 && next.decidedAt !== undefined) {
            await tx('rollouts')
              .where({ migration_id: id })
              .update({ decided_at: next.decidedAt, taking_back: null });
          }
          return changed === 1;
        }),
      'The dataset has another migration by now that has not ended.',
    );
  }

  async addPlan(plan: PlanRecord): Promise<void> {
    await refuseDuplicate(
      () =>
        this.#knex.transaction(async tx => {
          await tx('plans').insert(planCodec.toRow(plan));
          await tx('migrations')
            .where({ id: plan.migrationId })
            .update({ plan_version: plan.version, updated_at: this.#now() });
        }),
      `Somebody else has made plan version ${plan.version} meanwhile.`,
    );
  }

  async getPlan(migrationId: string, version?: number): Promise<PlanRecord> {
    const query = this.#knex('plans')
      .where({ migration_id: migrationId })
      .orderBy('version', 'desc');
    if (version !== undefined) query.where({ version });
    const row = await query.first();
    if (!row) {
      throw new NotFoundError(
        `There is no plan${
          version === undefined ? '' : ` version ${version}`
        } of migration ${migrationId}.`,
      );
    }
    return planCodec.fromRow(row);
  }
}
