import { randomUUID } from 'node:crypto';
import { Knex } from 'knex';
import {
  afterAnswer,
  ForgeAnswer,
  ForgeCost,
  ForgeLimits,
  ForgeStanding,
  HOUR,
  nextRequestAt,
} from '../domain/forgeBudget';
import { isPostgres } from './operations/isPostgres';
import { readForgeUsage } from './operations/readForgeUsage';
import { RowCodec } from './RowCodec';
import { ForgeStore } from './stores';

interface IdentityRecord extends ForgeStanding {
  identity: string;
}

const identityCodec = new RowCodec<IdentityRecord>({
  identity: 'text',
  blockedUntil: 'number',
  strikes: 'number',
  remaining: 'number',
  perHour: 'number',
  resetAt: 'number',
});

/**
 * The budget of each identity, one for all replicas: whoever wants to ask locks the identity's row,
 * looks at what everybody asked, and writes down its own request before making it.
 */
export class DatabaseForgeStore implements ForgeStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async reserve(options: {
    identity: string;
    cost: ForgeCost;
    limits: ForgeLimits;
    now: number;
    expiresAt: number;
  }): Promise<{ id: string } | { askAgainAt: number }> {
    const { identity, cost, limits, now, expiresAt } = options;
    return this.#knex.transaction(async tx => {
      const standing = await this.#lock(tx, identity);
      await this.#sweep(tx, identity, now);
      const usage = await readForgeUsage(tx, identity, standing, limits, now);
      const at = nextRequestAt(usage, cost, limits, now);
      if (at > now) return { askAgainAt: at };
      const id = randomUUID();
      await tx('forge_requests').insert({
        id,
        identity,
        ...cost,
        expires_at: expiresAt,
      });
      return { id };
    });
  }

  async settle(options: {
    identity: string;
    id: string;
    answer: ForgeAnswer;
    now: number;
  }): Promise<void> {
    const { identity, id, answer, now } = options;
    await this.#knex.transaction(async tx => {
      const standing = await this.#lock(tx, identity);
      await tx('forge_requests')
        .where({ id })
        .whereNull('ended_at')
        .update({ ended_at: now });
      await tx('forge_identities')
        .where({ identity })
        .update(
          identityCodec.toRow({
            ...afterAnswer(standing, answer, now),
            identity,
          }),
        );
    });
  }

  async listIdentities(): Promise<string[]> {
    return this.#knex('forge_identities')
      .orderBy('identity')
      .pluck<string[]>('identity');
  }

  async contentNextAt(
    identity: string,
    limits: ForgeLimits,
    now: number,
  ): Promise<number> {
    const row = await this.#knex('forge_identities')
      .where({ identity })
      .first();
    if (!row) return now;
    const usage = await readForgeUsage(
      this.#knex,
      identity,
      identityCodec.fromRow(row),
      limits,
      now,
    );
    const cost = { points: 5, content: true, search: false };
    return nextRequestAt(usage, cost, limits, now);
  }

  async recentContent(identity: string, now: number): Promise<number[]> {
    const ends = await this.#knex('forge_requests')
      .where({ identity, content: true })
      .where('ended_at', '>', now - HOUR)
      .orderBy('ended_at')
      .pluck('ended_at');
    return ends.map(Number);
  }

  /** On SQLite the transaction is the lock: there is one connection. */
  async #lock(tx: Knex.Transaction, identity: string): Promise<ForgeStanding> {
    await tx('forge_identities')
      .insert({ identity, strikes: 0 })
      .onConflict('identity')
      .ignore();
    const query = tx('forge_identities').where({ identity }).first();
    if (isPostgres(tx)) query.forUpdate();
    return identityCodec.fromRow(await query);
  }

  async #sweep(
    tx: Knex.Transaction,
    identity: string,
    now: number,
  ): Promise<void> {
    await tx('forge_requests')
      .where({ identity })
      .whereNull('ended_at')
      .where('expires_at', '<=', now)
      .update({ ended_at: tx.ref('expires_at') });
    await tx('forge_requests')
      .where({ identity })
      .where('ended_at', '<=', now - HOUR)
      .delete();
  }
}
