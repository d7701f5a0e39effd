import { Knex } from 'knex';
import { pendingCodec } from './codecs';
import { PendingMigrationRecord } from './records';
import { PendingStore } from './stores';

/** What the scanner found and nobody migrated yet. */
export class DatabasePendingStore implements PendingStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async upsert(pending: PendingMigrationRecord): Promise<{ isNew: boolean }> {
    return this.#knex.transaction(async tx => {
      const inserted = await tx('pending_migrations')
        .insert(pendingCodec.toRow(pending))
        .onConflict(['dataset', 'target_version'])
        .ignore()
        .returning('dataset');
      if (inserted.length) return { isNew: true };
      await tx('pending_migrations')
        .where({
          dataset: pending.dataset,
          target_version: pending.targetVersion,
        })
        .update({
          current_version: pending.currentVersion,
          source: pending.source,
          last_seen_at: pending.lastSeenAt,
          problem: pending.problem ?? null,
          ...(pending.migrationId && { migration_id: pending.migrationId }),
        });
      return { isNew: false };
    });
  }

  async list(): Promise<PendingMigrationRecord[]> {
    const rows = await this.#knex('pending_migrations').orderBy([
      'dataset',
      'target_version',
    ]);
    return rows.map(row => pendingCodec.fromRow(row));
  }

  async removeNotSeenSince(time: number): Promise<number> {
    return this.#knex('pending_migrations')
      .where('last_seen_at', '<', time)
      .delete();
  }
}
