import { Knex } from 'knex';

const BATCH = 200;

export interface RemovedRuns {
  /** Runs that were superseded, with all that belonged to them. */
  runs: number;
  /** Runs that stay, and lost their log, report ids and credentials. */
  emptied: number;
}

/**
 * Removes what only helps while a run is young: of runs that ended before `endedBefore` and whose
 * end was taken in, the log, the report ids and the credentials of their attempts; and the run
 * itself where a later one of the same kind superseded it and no change came from it. Changes,
 * evidence, outcomes, approvals and activity stay.
 *
 * In small batches: a slice that is stopped goes on where it was, and nobody waits for it long.
 */
export async function removeOldRuns(
  knex: Knex,
  options: { endedBefore: number; signal: AbortSignal },
): Promise<RemovedRuns> {
  const { endedBefore, signal } = options;
  const runs = await inBatches(signal, async () => {
    const ids = await superseded(knex, endedBefore);
    await knex.transaction(async tx => {
      await empty(tx, ids);
      await tx('runs').whereIn('id', ids).delete();
    });
    return ids.length;
  });
  const emptied = await inBatches(signal, async () => {
    const ids = await withDetails(knex, endedBefore);
    await knex.transaction(tx => empty(tx, ids));
    return ids.length;
  });
  return { runs, emptied };
}

async function inBatches(
  signal: AbortSignal,
  removeBatch: () => Promise<number>,
): Promise<number> {
  let total = 0;
  for (;;) {
    signal.throwIfAborted();
    const removed = await removeBatch();
    total += removed;
    if (removed < BATCH) return total;
  }
}

function old(knex: Knex, endedBefore: number): Knex.QueryBuilder {
  return knex('runs')
    .where('runs.outcome_pending', false)
    .where('runs.ended_at', '<', endedBefore)
    .whereIn('runs.state', ['succeeded', 'failed', 'cancelled'])
    .limit(BATCH);
}

/** The last run of each kind stays with its target: the next one is numbered after it. */
async function superseded(knex: Knex, endedBefore: number): Promise<string[]> {
  return old(knex, endedBefore)
    .whereExists(
      knex('runs as newer')
        .whereRaw('?? = ??', ['newer.target_id', 'runs.target_id'])
        .whereRaw('?? = ??', ['newer.kind', 'runs.kind'])
        .whereRaw('?? > ??', ['newer.created_at', 'runs.created_at'])
        .select(knex.raw('1')),
    )
    .whereNotExists(
      knex('changes')
        .whereRaw('?? = ??', ['changes.target_id', 'runs.target_id'])
        .whereRaw('?? = ??', ['changes.run_id', 'runs.id'])
        .select(knex.raw('1')),
    )
    .pluck('runs.id');
}

async function withDetails(knex: Knex, endedBefore: number): Promise<string[]> {
  const has = (table: string) =>
    knex(table)
      .whereRaw('?? = ??', [`${table}.run_id`, 'runs.id'])
      .select(knex.raw('1'));
  return old(knex, endedBefore)
    .where(any =>
      any
        .where('runs.log_lines', '>', 0)
        .orWhereExists(has('run_reports'))
        .orWhereExists(has('run_credentials')),
    )
    .pluck('runs.id');
}

async function empty(tx: Knex.Transaction, ids: string[]): Promise<void> {
  for (const table of ['run_log_lines', 'run_reports', 'run_credentials']) {
    await tx(table).whereIn('run_id', ids).delete();
  }
  await tx('runs').whereIn('id', ids).update({ log_lines: 0, log_bytes: 0 });
}
