import { Knex } from 'knex';
import { readPage } from './operations/readPage';
import { ActivityRecord } from './records';
import { ActivityStore, Page, PageRequest } from './stores';

/** Who did what, when and why. */
export class DatabaseActivityStore implements ActivityStore {
  readonly #knex: Knex;
  readonly #now: () => number;

  constructor(knex: Knex, now: () => number) {
    this.#knex = knex;
    this.#now = now;
  }

  async record(activity: Omit<ActivityRecord, 'id' | 'at'>): Promise<void> {
    await this.#knex('activity').insert({
      migration_id: activity.migrationId,
      target_id: activity.targetId ?? null,
      at: this.#now(),
      actor: activity.actor,
      kind: activity.kind,
      message: activity.message,
    });
  }

  async list(
    filter: { migrationId?: string; targetId?: string },
    page: PageRequest,
  ): Promise<Page<ActivityRecord>> {
    const query = this.#knex('activity');
    if (filter.migrationId) query.where('migration_id', filter.migrationId);
    if (filter.targetId) query.where('target_id', filter.targetId);
    return readPage(
      query,
      // By number, not by time: two records of one millisecond keep their order.
      { column: 'id', id: 'id', direction: 'desc' },
      page,
      row => ({
        id: String(row.id),
        migrationId: String(row.migration_id),
        ...(row.target_id ? { targetId: String(row.target_id) } : {}),
        at: Number(row.at),
        actor: String(row.actor),
        kind: String(row.kind),
        message: String(row.message),
      }),
    );
  }
}
