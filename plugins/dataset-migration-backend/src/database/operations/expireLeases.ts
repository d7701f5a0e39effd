import { Knex } from 'knex';
import { runCodec } from '../codecs';
import { failedResult } from '../failedResult';
import { RunRecord } from '../records';
import { fencedUpdate } from './fencedUpdate';
import { isPostgres } from './isPostgres';

const BATCH = 200;
const ACTIVE = ['leased', 'running'];

/** Puts runs whose lease ran out back into the queue, or fails those out of attempts. */
export async function expireLeases(
  knex: Knex,
  now: number,
): Promise<{ requeued: number; failed: RunRecord[]; lost: RunRecord[] }> {
  return knex.transaction(async tx => {
    const query = tx('runs')
      .whereIn('state', ACTIVE)
      .where('lease_until', '<', now)
      .orderBy('lease_until')
      .limit(BATCH);
    if (isPostgres(tx)) query.forUpdate().skipLocked();
    const lost = (await query).map(row => runCodec.fromRow(row));
    const failed: RunRecord[] = [];
    let requeued = 0;
    for (const run of lost) {
      const isLast = run.attempt >= run.maxAttempts;
      const failure = {
        signature: 'LEASE_EXPIRED',
        message: `Attempt ${run.attempt} was not heard of in time.`,
        retryable: !isLast,
      };
      const changes = isLast
        ? {
            state: 'failed',
            ended_at: now,
            result: JSON.stringify(failedResult(failure)),
            outcome_pending: true,
          }
        : { state: 'queued', attempt: run.attempt + 1, available_at: now };
      const changed = await fencedUpdate(tx, run, ACTIVE, {
        ...changes,
        failure: JSON.stringify(failure),
        lease_until: null,
      });
      if (!changed) continue;
      if (isLast) {
        failed.push({ ...run, state: 'failed', failure, endedAt: now });
      } else {
        requeued += 1;
      }
    }
    return { requeued, failed, lost };
  });
}
