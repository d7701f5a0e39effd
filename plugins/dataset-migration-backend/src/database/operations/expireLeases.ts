import { Knex } from 'knex';
import { runCodec } from '../codecs';
import { failedResult } from '../failedResult';
import { RunRecord } from '../records';
import { fencedUpdate } from './fencedUpdate';
import { isPostgres } from './isPostgres';

const BATCH = 200;
const ACTIVE = ['leased', 'running'];
/** Waits for a scaffolder that is busy grow by this much with each attempt. */
const TASK_WAIT_MS = 15_000;
const MAX_TASK_WAIT_MS = 300_000;

/**
 * Puts runs whose lease ran out back into the queue, or fails those out of attempts. An attempt
 * that no task took is not the run's fault and does not count against its limit.
 */
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
      const { ended, changes } = afterExpiry(run, now);
      if (!(await fencedUpdate(tx, run, ACTIVE, changes))) continue;
      if (ended) {
        failed.push(ended);
      } else {
        requeued += 1;
      }
    }
    return { requeued, failed, lost };
  });
}

function afterExpiry(
  run: RunRecord,
  now: number,
): { ended?: RunRecord; changes: Record<string, unknown> } {
  const wasTaken = run.taskId !== undefined;
  const isLast = wasTaken && run.attempt >= run.maxAttempts;
  const failure = {
    signature: wasTaken ? 'LEASE_EXPIRED' : 'TASK_NOT_STARTED',
    message: wasTaken
      ? `Attempt ${run.attempt} was not heard of in time.`
      : `The scaffolder did not get to attempt ${run.attempt} in time.`,
    retryable: !isLast,
  };
  const common = { failure: JSON.stringify(failure), lease_until: null };
  if (isLast) {
    return {
      ended: { ...run, state: 'failed', failure, endedAt: now },
      changes: {
        ...common,
        state: 'failed',
        ended_at: now,
        result: JSON.stringify(failedResult(failure)),
        outcome_pending: true,
      },
    };
  }
  const wait = wasTaken
    ? 0
    : Math.min(run.attempt * TASK_WAIT_MS, MAX_TASK_WAIT_MS);
  return {
    changes: {
      ...common,
      state: 'queued',
      attempt: run.attempt + 1,
      max_attempts: wasTaken ? run.maxAttempts : run.maxAttempts + 1,
      available_at: now + wait,
    },
  };
}
