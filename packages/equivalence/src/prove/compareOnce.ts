import { compareResults, sameRows } from '../compare/compareResults';
import { QueryResult } from '../database/ProverDatabase';
import { Attempt } from './Attempt';
import { DifferenceFound } from './DifferenceFound';
import { findCounterexample } from './findCounterexample';
import { ProofStopped } from './ProofStopped';

export const NONDETERMINISTIC =
  'The old query gives different rows for the same input in another order';

/** More rows tell no more, and take their time to compare. */
const MAX_ROWS = 2000;

/** Thrown when the old query makes very many rows of those in its tables. */
export class TooManyRows extends Error {
  name = 'TooManyRows';

  constructor() {
    super(`The generated rows made the query return more than ${MAX_ROWS}`);
  }
}

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
    const result = await database.query(prepared.oldQuery, {
      rows: MAX_ROWS + 1,
    });
    if (result.rows.length > MAX_ROWS) throw new TooManyRows();
    return result;
  };
  const shuffled = await asShown({ shuffle: seed + 1 });
  const old = await asShown({});
  const current = await database.query(prepared.newQuery, {
    rows: old.rows.length + 1,
  });
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
