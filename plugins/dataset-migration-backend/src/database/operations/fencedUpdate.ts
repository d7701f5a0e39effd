import { Knex } from 'knex';
import { RunFence } from '../stores';

/** Changes a run only while attempt and token are still its own; false when they are stale. */
export async function fencedUpdate(
  knex: Knex,
  run: RunFence,
  states: string[],
  changes: Record<string, unknown>,
): Promise<boolean> {
  const changed = await knex('runs')
    .where({ id: run.id, attempt: run.attempt, token: run.token })
    .whereIn('state', states)
    .update(changes);
  return changed === 1;
}
