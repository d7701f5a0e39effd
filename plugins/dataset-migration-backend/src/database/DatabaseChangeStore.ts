import { NotFoundError } from '@backstage/errors';
import { Knex } from 'knex';
import { approvalCodec, changeCodec } from './codecs';
import { ApprovalRecord, ChangeRecord } from './records';
import { ChangeStore } from './stores';

/** Changes and the approvals that name their digests. */
export class DatabaseChangeStore implements ChangeStore {
  readonly #knex: Knex;
  readonly #now: () => number;

  constructor(knex: Knex, now: () => number) {
    this.#knex = knex;
    this.#now = now;
  }

  async add(change: Omit<ChangeRecord, 'number'>): Promise<ChangeRecord> {
    return this.#knex.transaction(async tx => {
      // A result that is taken in again after a crash must not make a second change.
      const known = await tx('changes').where({ id: change.id }).first();
      if (known) return changeCodec.fromRow(known);
      // Takes the target's row, so that two changes cannot get one number.
      await tx('targets')
        .where({ id: change.targetId })
        .update({ run_token: tx.ref('run_token') });
      const last = await tx('changes')
        .where({ target_id: change.targetId })
        .max({ number: 'number' })
        .first();
      const numbered = { ...change, number: Number(last?.number ?? 0) + 1 };
      await tx('changes').insert(changeCodec.toRow(numbered));
      return numbered;
    });
  }

  async get(id: string): Promise<ChangeRecord> {
    const row = await this.#knex('changes').where({ id }).first();
    if (!row) {
      throw new NotFoundError(`There is no change ${id}.`);
    }
    return changeCodec.fromRow(row);
  }

  async listForTarget(targetId: string): Promise<ChangeRecord[]> {
    const rows = await this.#knex('changes')
      .where({ target_id: targetId })
      .orderBy('number', 'desc');
    return rows.map(row => changeCodec.fromRow(row));
  }

  async digestsOf(ids: string[]): Promise<Map<string, string>> {
    const rows = await this.#knex('changes')
      .whereIn('id', ids)
      .select('id', 'digest');
    return new Map(rows.map(row => [row.id, row.digest]));
  }

  async approve(approval: ApprovalRecord): Promise<void> {
    await this.#knex('approvals').insert(approvalCodec.toRow(approval));
  }

  async currentApproval(targetId: string): Promise<ApprovalRecord | undefined> {
    const row = await this.#knex('approvals')
      .where({ target_id: targetId })
      .whereNull('voided_at')
      .orderBy([
        { column: 'decided_at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .first();
    return row && approvalCodec.fromRow(row);
  }

  async voidApprovals(targetId: string, reason: string): Promise<number> {
    return this.#knex('approvals')
      .where({ target_id: targetId })
      .whereNull('voided_at')
      .update({ voided_at: this.#now(), voided_reason: reason });
  }
}
