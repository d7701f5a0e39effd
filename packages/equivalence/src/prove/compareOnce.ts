import { compareResults, sameRows } from '../compare/compareResults';
import { QueryResult } from '../database/ProverDatabase';
import { Attempt } from './Attempt';
import { DifferenceFound } from './DifferenceFound';
import { findCounterexample } from './findCounterexample';
import { ProofStopped } from './ProofStopped';

export const NONDETERMINISTIC =
  'The old query gives different rows for the same input in another order';

/**
 * Runs both queries on the present rows.
 *
 * @returns the old query's result, when the new one's is the same
 * @throws DifferenceFound, or ProofStopped when the old query differs from itself
 */
export async function compareOnce(
  attempt: Attempt,
  seed: number,
): Promise<QueryResult> {
  const { bed, database, prepared, compare } = attempt;
  await bed.show({ shuffle: seed + 1 });
  const shuffled = await database.query(prepared.oldQuery);
  await bed.show({});
  const old = await database.query(prepared.oldQuery);
  if (!sameRows(old.rows, shuffled.rows)) {
    throw new ProofStopped(
      'inconclusive',
      'NONDETERMINISTIC',
      NONDETERMINISTIC,
    );
  }
  const current = await database.query(prepared.newQuery);
  const comparison = compareResults(old, current, compare);
  if (comparison.equal) return old;
  const { counterexample, inputRows } = await findCounterexample(attempt);
  throw new DifferenceFound(
    comparison.difference,
    inputRows,
    old.rows.length,
    counterexample,
  );
}
