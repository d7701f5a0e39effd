import { compareResults, sameRows } from '../compare/compareResults';
import { QueryResult } from '../database/ProverDatabase';
import { Attempt } from './Attempt';
import { DifferenceFound } from './DifferenceFound';
import { findCounterexample } from './findCounterexample';
import { ProofStopped } from './ProofStopped';

export const NONDETERMINISTIC =
  'The old query gives different rows for the same input in another order';

/** Thrown when the old query differs from itself on the same rows in another order. */
export class OrderMatters extends ProofStopped {
  name = 'OrderMatters';

  /** @param alike - whether old and new agree on the same rows in the same order */
  constructor(readonly alike: boolean) {
    super('inconclusive', 'NONDETERMINISTIC', NONDETERMINISTIC);
  }
}

/**
 * Runs both queries on the present rows.
 *
 * @returns the old query's result, when the new one's is the same
 * @throws DifferenceFound, or OrderMatters when the old query differs from itself
 */
export async function compareOnce(
  attempt: Attempt,
  seed: number,
): Promise<QueryResult> {
  const { bed, database, prepared, compare } = attempt;
  const asShown = async (options: { shuffle?: number }) => {
    await bed.show(options);
    return database.query(prepared.oldQuery);
  };
  const shuffled = await asShown({ shuffle: seed + 1 });
  const old = await asShown({});
  const current = await database.query(prepared.newQuery);
  if (!sameRows(old.rows, shuffled.rows)) {
    await bed.show({ shuffle: seed + 1 });
    const other = await database.query(prepared.newQuery);
    await bed.show({});
    throw new OrderMatters(
      compareResults(old, current, compare).equal &&
        compareResults(shuffled, other, compare).equal,
    );
  }
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
