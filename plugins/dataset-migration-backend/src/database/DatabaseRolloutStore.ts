import { Knex } from 'knex';
import { HaltRecord, LineageRecord, RolloutRecord } from './records';
import { RolloutStore } from './stores';

const CHUNK = 200;

/** Open waves, halts and the lineage between targets. */
export class DatabaseRolloutStore implements RolloutStore {
  readonly #knex: Knex;
  readonly #now: () => number;

  constructor(knex: Knex, now: () => number) {
    this.#knex = knex;
    this.#now = now;
  }

  async get(migrationId: string): Promise<RolloutRecord> {
    const where = { migration_id: migrationId };
    const row = await this.#knex('rollouts').where(where).first();
    const waves: Array<Record<string, unknown>> = await this.#knex(
      'rollout_waves',
    )
      .where(where)
      .orderBy('wave');
    return {
      migrationId,
      openWave: Number(row?.open_wave ?? 0),
      opened: waves.map(each => ({
        wave: Number(each.wave),
        openedAt: Number(each.opened_at),
        openedBy: String(each.opened_by),
        ...(each.reason ? { reason: String(each.reason) } : {}),
      })),
      ...(row?.decided_at && { decidedAt: Number(row.decided_at) }),
      ...(row?.halt && { halt: JSON.parse(row.halt) }),
      ...(row?.taking_back && { takingBack: row.taking_back }),
    };
  }

  async listStarted(states: string[]): Promise<string[]> {
    return this.#knex('rollouts')
      .join('migrations', 'migrations.id', 'rollouts.migration_id')
      .whereIn('migrations.state', states)
      .where('rollouts.open_wave', '>', 0)
      .orderBy('migrations.id')
      .pluck('migrations.id');
  }

  async openWave(
    migrationId: string,
    wave: number,
    details: { actor: string; message: string; reason?: string },
  ): Promise<boolean> {
    return this.#knex.transaction(async tx => {
      await this.#ensureRow(tx, migrationId);
      const opened = await tx('rollouts')
        .where({ migration_id: migrationId, open_wave: wave - 1 })
        .whereExists(
          tx('migrations')
            .where({ id: migrationId, state: 'active' })
            .select('id'),
        )
        .update({ open_wave: wave });
      if (opened !== 1) return false;
      await tx('rollout_waves').insert({
        migration_id: migrationId,
        wave,
        opened_at: this.#now(),
        opened_by: details.actor,
        reason: details.reason ?? null,
      });
      await this.#tell(tx, migrationId, {
        actor: details.actor,
        kind: 'wave-opens',
        message: details.message,
      });
      return true;
    });
  }

  async halt(
    migrationId: string,
    halt: HaltRecord,
    takingBack: RolloutRecord['takingBack'],
  ): Promise<boolean> {
    return this.#knex.transaction(async tx => {
      const halted = await tx('migrations')
        .where({ id: migrationId, state: 'active' })
        .update({
          state: 'halted',
          outcome: null,
          reason: halt.message,
          updated_at: this.#now(),
        });
      if (halted !== 1) return false;
      await this.#ensureRow(tx, migrationId);
      await tx('rollouts')
        .where({ migration_id: migrationId })
        .update({
          halt: JSON.stringify(halt),
          taking_back: takingBack ?? null,
        });
      await this.#tell(tx, migrationId, {
        actor: 'system',
        kind: 'halt',
        message: halt.message,
      });
      return true;
    });
  }

  async tookBack(migrationId: string): Promise<void> {
    await this.#knex('rollouts')
      .where({ migration_id: migrationId })
      .update({ taking_back: null });
  }

  async place(
    migrationId: string,
    openWave: number,
    waves: Map<string, number>,
  ): Promise<boolean> {
    const byWave = new Map<number, string[]>();
    for (const [id, wave] of waves) {
      const ids = byWave.get(wave) ?? [];
      ids.push(id);
      byWave.set(wave, ids);
    }
    return this.#knex.transaction(async tx => {
      await this.#ensureRow(tx, migrationId);
      // Writing the row keeps a wave from being opened while its targets are chosen.
      const locked = await tx('rollouts')
        .where({ migration_id: migrationId, open_wave: openWave })
        .update({ open_wave: openWave });
      if (locked !== 1) return false;
      for (const [wave, ids] of byWave) {
        for (let at = 0; at < ids.length; at += CHUNK) {
          await tx('targets')
            .where({ migration_id: migrationId })
            .whereIn('id', ids.slice(at, at + CHUNK))
            .update({ wave });
        }
      }
      return true;
    });
  }

  async lineage(migrationId: string): Promise<LineageRecord[]> {
    return this.#knex('lineage_edges')
      .where({ migration_id: migrationId })
      .select('producer', 'reader');
  }

  async replaceLineage(
    migrationId: string,
    edges: LineageRecord[],
  ): Promise<void> {
    await this.#knex.transaction(async tx => {
      await tx('lineage_edges').where({ migration_id: migrationId }).delete();
      for (let at = 0; at < edges.length; at += CHUNK) {
        await tx('lineage_edges').insert(
          edges
            .slice(at, at + CHUNK)
            .map(each => ({ migration_id: migrationId, ...each })),
        );
      }
    });
  }

  async #ensureRow(tx: Knex.Transaction, migrationId: string): Promise<void> {
    await tx('rollouts')
      .insert({ migration_id: migrationId, open_wave: 0 })
      .onConflict('migration_id')
      .ignore();
  }

  async #tell(
    tx: Knex.Transaction,
    migrationId: string,
    activity: { actor: string; kind: string; message: string },
  ): Promise<void> {
    await tx('activity').insert({
      migration_id: migrationId,
      at: this.#now(),
      ...activity,
    });
  }
}
