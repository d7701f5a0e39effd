import { Knex } from 'knex';
import { runCodec } from '../codecs';
import { RunRecord } from '../records';
import { LeaseOptions } from '../stores';
import { chooseRuns } from './chooseRuns';
import { isPostgres } from './isPostgres';

const ACTIVE = ['leased', 'running'];

/** Ours among the advisory locks of the plugin's database. */
const LEASE_LOCK = 4_207_312;

/**
 * Claims queued runs whose time has come, at most one per target at a time. Replicas lease one
 * after the other, so that limits hold over all of them; rows that a report or a cancellation
 * holds are skipped. SQLite has one writer. On both the claim itself is an update that names the state it
 * expects, and the target's counter gives the fencing token.
 */
export async function leaseRuns(
  knex: Knex,
  options: LeaseOptions & { now: number },
): Promise<RunRecord[]> {
  if (options.limit <= 0) return [];
  return knex.transaction(async tx => {
    if (isPostgres(tx)) {
      await tx.raw('select pg_advisory_xact_lock(?)', [LEASE_LOCK]);
    }
    const limit = Math.min(options.limit, await room(tx, options.concurrency));
    if (limit <= 0) return [];
    const leased: RunRecord[] = [];
    const targets = new Set<string>();
    const ids = await chooseRuns(tx, { ...options, limit });
    for (const candidate of await lockCandidates(tx, ids)) {
      // A second run of the same target waits until the first one has ended.
      if (targets.has(candidate.target_id)) continue;
      targets.add(candidate.target_id);
      const run = await claim(tx, candidate, options);
      if (run) leased.push(run);
    }
    return leased;
  });
}

async function room(
  tx: Knex.Transaction,
  concurrency: number | undefined,
): Promise<number> {
  if (concurrency === undefined) return Infinity;
  const counted = await tx('runs')
    .whereIn('state', ACTIVE)
    .count({ count: '*' })
    .first();
  return concurrency - Number(counted?.count ?? 0);
}

interface Candidate {
  id: string;
  target_id: string;
}

async function lockCandidates(
  tx: Knex.Transaction,
  ids: string[],
): Promise<Candidate[]> {
  const query = tx('runs')
    .join('targets', 'targets.id', 'runs.target_id')
    .whereIn('runs.id', ids)
    .select('runs.id', 'runs.target_id');
  if (isPostgres(tx)) query.forUpdate('runs', 'targets').skipLocked();
  const found: Candidate[] = await query;
  return found.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
}

async function claim(
  tx: Knex.Transaction,
  candidate: Candidate,
  options: { leaseMs: number; now: number },
): Promise<RunRecord | undefined> {
  // Asked again with the target locked: its other run may have been claimed since.
  const busy = await tx('runs')
    .where({ target_id: candidate.target_id })
    .whereIn('state', ACTIVE)
    .first('id');
  if (busy) return undefined;
  const [{ run_token: token }] = await tx('targets')
    .where({ id: candidate.target_id })
    .increment('run_token', 1)
    .returning('run_token');
  const rows = await tx('runs')
    .where({ id: candidate.id, state: 'queued' })
    .update({
      state: 'leased',
      token,
      lease_until: options.now + options.leaseMs,
      task_id: null,
      fleet_ref: null,
      credential_hash: null,
      credential_expires_at: null,
      started_at: null,
    })
    .returning('*');
  return rows[0] && runCodec.fromRow(rows[0]);
}
