import { ConflictError, NotFoundError } from '@backstage/errors';
import { Knex } from 'knex';
import { repositoryKey } from '../domain/repositoryKey';
import { targetCodec } from './codecs';
import { filterTargets } from './operations/filterTargets';
import { readPage } from './operations/readPage';
import { derivedColumns, toTargetRow } from './operations/targetRow';
import { TargetRecord } from './records';
import { Page, PageRequest, TargetFilter, TargetStore } from './stores';

const INSERT_CHUNK = 100;
const WALK_CHUNK = 200;

/** Targets, written only where nobody else wrote meanwhile. */
export class DatabaseTargetStore implements TargetStore {
  readonly #knex: Knex;
  readonly #now: () => number;

  constructor(knex: Knex, now: () => number) {
    this.#knex = knex;
    this.#now = now;
  }

  async insertDiscovered(targets: TargetRecord[]): Promise<TargetRecord[]> {
    const inserted = new Set<string>();
    for (let at = 0; at < targets.length; at += INSERT_CHUNK) {
      const rows = await this.#knex('targets')
        .insert(targets.slice(at, at + INSERT_CHUNK).map(toTargetRow))
        .onConflict(['migration_id', 'identity'])
        .ignore()
        .returning('id');
      for (const row of rows) inserted.add(row.id);
    }
    return targets.filter(target => inserted.has(target.id));
  }

  async findDiscovered(
    target: TargetRecord,
  ): Promise<TargetRecord | undefined> {
    const { identity } = derivedColumns(target);
    const row = await this.#knex('targets')
      .where({ migration_id: target.migrationId, identity })
      .first();
    return row && targetCodec.fromRow(row);
  }

  async get(id: string): Promise<TargetRecord> {
    const row = await this.#knex('targets').where({ id }).first();
    if (!row) {
      throw new NotFoundError(`There is no target ${id}.`);
    }
    return targetCodec.fromRow(row);
  }

  async list(
    filter: TargetFilter,
    page: PageRequest,
  ): Promise<Page<TargetRecord>> {
    return readPage(
      filterTargets(this.#knex('targets'), filter),
      { column: 'sort_key', id: 'id', direction: 'asc' },
      page,
      row => targetCodec.fromRow(row),
    );
  }

  async *iterate(filter: TargetFilter): AsyncGenerator<TargetRecord[]> {
    let last: string | undefined;
    for (;;) {
      const query = filterTargets(this.#knex('targets'), filter)
        .select(targetCodec.columns)
        .orderBy('id')
        .limit(WALK_CHUNK);
      if (last !== undefined) query.where('id', '>', last);
      const rows: Array<Record<string, unknown>> = await query;
      if (rows.length === 0) return;
      const batch = rows.map(row => targetCodec.fromRow(row));
      last = batch.at(-1)?.id;
      yield batch;
    }
  }

  async count(migrationId: string): Promise<
    Array<{
      state: string;
      outcome?: string;
      blocked?: string;
      count: number;
    }>
  > {
    const rows: Array<Record<string, unknown>> = await this.#knex('targets')
      .where({ migration_id: migrationId })
      .select('state', 'outcome', 'blocked')
      .count({ count: '*' })
      .groupBy('state', 'outcome', 'blocked')
      .orderBy(['state', 'outcome', 'blocked']);
    return rows.map(row => ({
      state: String(row.state),
      ...(row.outcome ? { outcome: String(row.outcome) } : {}),
      ...(row.blocked ? { blocked: String(row.blocked) } : {}),
      count: Number(row.count),
    }));
  }

  async update(
    target: TargetRecord,
    changes: Partial<Omit<TargetRecord, 'id' | 'version'>>,
  ): Promise<TargetRecord> {
    const given = {
      updatedAt: this.#now(),
      ...changes,
      version: target.version + 1,
    };
    const next = { ...target, ...given };
    const changed = await this.#knex('targets')
      .where({ id: target.id, version: target.version })
      .update({ ...targetCodec.toChanges(given), ...derivedColumns(next) });
    if (changed !== 1) {
      throw new ConflictError(
        `Target ${target.id} was changed by somebody else meanwhile.`,
      );
    }
    return targetCodec.fromRow(targetCodec.toRow(next));
  }

  async findByPullRequest(
    repository: string,
    number: number,
  ): Promise<TargetRecord | undefined> {
    const row = await this.#knex('targets')
      .whereRaw('lower(repository) = ?', [repositoryKey(repository)])
      .where(either =>
        either
          .where('pull_request_number', number)
          .orWhere('revert_number', number),
      )
      .orderBy('created_at', 'desc')
      .first();
    return row && targetCodec.fromRow(row);
  }
}
