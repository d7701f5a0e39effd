import { NotFoundError } from '@backstage/errors';
import { RunResult } from 'backstage-plugin-dataset-migration-common';
import { Knex } from 'knex';
import { logLineCodec, runCodec } from './codecs';
import { appendLog } from './operations/appendLog';
import { expireLeases } from './operations/expireLeases';
import { fencedUpdate } from './operations/fencedUpdate';
import { leaseRuns } from './operations/leaseRuns';
import { RemovedRuns, removeOldRuns } from './operations/removeOldRuns';
import { LogLineRecord, RunRecord } from './records';
import { LeaseOptions, RunFence, RunStore } from './stores';

const ACTIVE = ['leased', 'running'];
const UNFINISHED = ['queued', ...ACTIVE];

/** The queue of record: only who holds the current attempt and token changes a run. */
export class DatabaseRunStore implements RunStore {
  readonly #knex: Knex;
  readonly #now: () => number;

  constructor(knex: Knex, now: () => number) {
    this.#knex = knex;
    this.#now = now;
  }

  /** Without effect when the run is known already. */
  async enqueue(run: Parameters<RunStore['enqueue']>[0]): Promise<RunRecord> {
    const now = this.#now();
    await this.#knex('runs')
      .insert(
        runCodec.toRow({
          ...run,
          state: 'queued',
          attempt: 1,
          token: 0,
          availableAt: run.availableAt ?? now,
          createdAt: now,
        }),
      )
      .onConflict('id')
      .ignore();
    return this.get(run.id);
  }

  async get(id: string): Promise<RunRecord> {
    const row = await this.#knex('runs').where({ id }).first();
    if (!row) {
      throw new NotFoundError(`There is no run ${id}.`);
    }
    return runCodec.fromRow(row);
  }

  async listForTarget(targetId: string): Promise<RunRecord[]> {
    const rows = await this.#knex('runs')
      .where({ target_id: targetId })
      .orderBy([
        { column: 'created_at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .select(runCodec.columns);
    return rows.map(row => runCodec.fromRow(row));
  }

  async isUnsettled(
    targetId: string,
    kind: RunRecord['kind'],
  ): Promise<boolean> {
    const row = await this.#knex('runs')
      .where({ target_id: targetId, kind })
      .where(any =>
        any.whereIn('state', UNFINISHED).orWhere({ outcome_pending: true }),
      )
      .first('id');
    return row !== undefined;
  }

  async countActive(migrationId?: string): Promise<number> {
    const query = this.#knex('runs').whereIn('state', ACTIVE);
    if (migrationId) query.where({ migration_id: migrationId });
    const row = await query.count({ count: '*' }).first();
    return Number(row?.count ?? 0);
  }

  async listActive(limit: number): Promise<RunRecord[]> {
    const rows = await this.#knex('runs')
      .whereIn('state', ACTIVE)
      .orderBy('created_at')
      .limit(limit)
      .select(runCodec.columns);
    return rows.map(row => runCodec.fromRow(row));
  }

  async lease(options: LeaseOptions): Promise<RunRecord[]> {
    return leaseRuns(this.#knex, { ...options, now: this.#now() });
  }

  async attach(run: RunFence, taskId: string): Promise<boolean> {
    const changed = await this.#knex('runs')
      .where({ id: run.id, attempt: run.attempt, token: run.token })
      .where({ state: 'leased' })
      .whereNull('task_id')
      .update({ task_id: taskId });
    return changed === 1;
  }

  async start(
    run: RunFence,
    started: Parameters<RunStore['start']>[1],
  ): Promise<boolean> {
    const { fleetRef, credentialHash, credentialExpiresAt } = started;
    return this.#knex.transaction(async tx => {
      const changed = await fencedUpdate(tx, run, ACTIVE, {
        state: 'running',
        started_at: tx.raw('coalesce(started_at, ?)', [this.#now()]),
        ...(fleetRef && { fleet_ref: fleetRef }),
        ...(credentialHash && {
          credential_hash: credentialHash,
          credential_expires_at: credentialExpiresAt ?? null,
        }),
      });
      if (changed && credentialHash) {
        await tx('run_credentials').insert({
          run_id: run.id,
          hash: credentialHash,
          attempt: run.attempt,
          expires_at: credentialExpiresAt ?? Number.MAX_SAFE_INTEGER,
        });
      }
      return changed;
    });
  }

  async heartbeat(
    run: RunFence,
    leaseMs: number,
    message?: string,
  ): Promise<boolean> {
    return fencedUpdate(this.#knex, run, ACTIVE, {
      lease_until: this.#now() + leaseMs,
      ...(message !== undefined && { message }),
    });
  }

  async finish(
    run: RunFence,
    end: Parameters<RunStore['finish']>[1],
  ): Promise<boolean> {
    return fencedUpdate(this.#knex, run, ACTIVE, {
      state: end.state,
      failure: end.failure ? JSON.stringify(end.failure) : null,
      result: end.result ? JSON.stringify(end.result) : null,
      outcome_pending: Boolean(end.result),
      ended_at: this.#now(),
      lease_until: null,
    });
  }

  async requeue(
    run: RunFence,
    availableAt: number,
    failure?: RunRecord['failure'],
    options?: { extraAttempt?: boolean },
  ): Promise<boolean> {
    return fencedUpdate(this.#knex, run, ACTIVE, {
      state: 'queued',
      attempt: run.attempt + 1,
      available_at: availableAt,
      failure: failure ? JSON.stringify(failure) : null,
      lease_until: null,
      ...(options?.extraAttempt && {
        max_attempts: this.#knex.raw('max_attempts + 1'),
      }),
    });
  }

  async expireLeases(): ReturnType<RunStore['expireLeases']> {
    return expireLeases(this.#knex, this.#now());
  }

  async listPendingOutcomes(
    endedBefore: number,
    limit: number,
  ): Promise<Array<{ run: RunRecord; result: RunResult }>> {
    const rows = await this.#knex('runs')
      .where({ outcome_pending: true })
      .where('ended_at', '<=', endedBefore)
      .orderBy('ended_at')
      .limit(limit);
    return rows.map(row => ({
      run: runCodec.fromRow(row),
      result: JSON.parse(row.result),
    }));
  }

  /** What the run reported is in the target now; the copy is dropped. */
  async settleOutcome(id: string): Promise<void> {
    await this.#knex('runs')
      .where({ id })
      .update({ outcome_pending: false, result: null });
  }

  async findCredential(
    runId: string,
    hash: string,
  ): Promise<{ attempt: number; expiresAt: number } | undefined> {
    const row = await this.#knex('run_credentials')
      .where({ run_id: runId, hash })
      .first();
    return (
      row && {
        attempt: Number(row.attempt),
        expiresAt: Number(row.expires_at),
      }
    );
  }

  async cancelForTarget(targetId: string): Promise<RunRecord[]> {
    const rows = await this.#knex('runs')
      .where({ target_id: targetId })
      .whereIn('state', UNFINISHED)
      .update({ state: 'cancelled', ended_at: this.#now(), lease_until: null })
      .returning(runCodec.columns);
    return rows.map(row => runCodec.fromRow(row));
  }

  async rememberReport(runId: string, reportId: string): Promise<boolean> {
    const inserted = await this.#knex('run_reports')
      .insert({ run_id: runId, report_id: reportId })
      .onConflict(['run_id', 'report_id'])
      .ignore()
      .returning('report_id');
    return inserted.length === 1;
  }

  async removeOld(options: {
    endedBefore: number;
    signal: AbortSignal;
  }): Promise<RemovedRuns> {
    return removeOldRuns(this.#knex, options);
  }

  async appendLog(
    runId: string,
    attempt: number,
    lines: string[],
  ): Promise<void> {
    await appendLog(this.#knex, { runId, attempt, lines, now: this.#now() });
  }

  async readLog(
    runId: string,
    afterSequence: number,
    limit: number,
  ): Promise<LogLineRecord[]> {
    const rows = await this.#knex('run_log_lines')
      .where({ run_id: runId })
      .where('sequence', '>', afterSequence)
      .orderBy('sequence')
      .limit(limit);
    return rows.map(row => logLineCodec.fromRow(row));
  }
}
