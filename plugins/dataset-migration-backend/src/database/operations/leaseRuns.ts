import { Knex } from 'knex';
import { runCodec } from '../codecs';
import { RunRecord } from '../records';
import { LeaseOptions } from '../stores';
import { isPostgres } from './isPostgres';

const ACTIVE = ['leased', 'running'];

/**
 * Claims queued runs whose time has come, at most one per target at a time. PostgreSQL skips rows
 * that another replica is claiming; SQLite has one writer. On both the claim itself is an update
 * that names the state it expects, and the target's counter gives the fencing token.
 */
export async function leaseRuns(
  knex: Knex,
  options: LeaseOptions & { now: number },
): Promise<RunRecord[]> {
  if (options.limit <= 0) return [];
  return knex.transaction(async tx => {
    const leased: RunRecord[] = [];
    const targets = new Set<string>();
    for (const candidate of await findCandidates(tx, options)) {
      // A second run of the same target waits until the first one has ended.
      if (targets.has(candidate.target_id)) continue;
      targets.add(candidate.target_id);
      const run = await claim(tx, candidate, options);
      if (run) leased.push(run);
    }
    return leased;
  });
}

interface Candidate {
  id: string;
  target_id: string;
}

async function findCandidates(
  tx: Knex.Transaction,
  options: Pick<LeaseOptions, 'limit' | 'heldIdentities'> & { now: number },
): Promise<Candidate[]> {
  const query = tx('runs')
    .join('targets', 'targets.id', 'runs.target_id')
    .where('runs.state', 'queued')
    .where('runs.available_at', '<=', options.now)
    .whereNotExists(
      tx('runs as active')
        .whereRaw('?? = ??', ['active.target_id', 'runs.target_id'])
        .whereIn('active.state', ACTIVE)
        .select(tx.raw('1')),
    )
    .orderBy([{ column: 'runs.available_at' }, { column: 'runs.id' }])
    .limit(options.limit)
    .select('runs.id', 'runs.target_id');
  for (const identity of options.heldIdentities ?? []) {
    query.whereNot(writing =>
      writing
        .whereIn('runs.kind', ['publish', 'rollback'])
        .whereRaw("lower(targets.repository) like ? escape '\\'", [
          `${identity.replace(/[\\%_]/g, '\\$&')}/%`,
        ]),
    );
  }
  if (isPostgres(tx)) {
    query.forUpdate('runs', 'targets').skipLocked();
  }
  return query;
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
