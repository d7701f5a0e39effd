import { compareResults, sameRows } from '../compare/compareResults';
import { QueryResult } from '../database/ProverDatabase';
import { Attempt } from './Attempt';
import { DifferenceFound } from './DifferenceFound';
import { findCounterexample } from './findCounterexample';
import { ProofStopped } from './ProofStopped';

export const NONDETERMINISTIC =
  'The old query gives different rows for the same input in another order';

const NEW_NONDETERMINISTIC =
  'The new query gives different rows for the same input in another order, and the old one does not';

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

/** Thrown when only the new query depends on the order of rows, as where it lost an ORDER BY. */
export class OrderMattersNow extends ProofStopped {
  name = 'OrderMattersNow';

  constructor() {
    super('inconclusive', 'NONDETERMINISTIC', NEW_NONDETERMINISTIC);
  }
}

/**
 * Runs both queries on the present rows, in two orders.
 *
 * @returns the old query's result, when the new one's is the same
 * @throws DifferenceFound, or OrderMatters when the old query differs from itself,
 *   OrderMattersNow when only the new one does
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
  const other = await database.query(prepared.newQuery, {
    rows: shuffled.rows.length + 1,
  });
  const old = await asShown({});
  const current = await database.query(prepared.newQuery, {
    rows: old.rows.length + 1,
  });
  const comparison = compareResults(old, current, compare);
  const isSameShuffled = compareResults(shuffled, other, compare).equal;
  if (!sameRows(old.rows, shuffled.rows)) {
    throw new OrderMatters(comparison.equal && isSameShuffled);
  }
  if (!comparison.equal) {
    const { counterexample, inputRows } = await findCounterexample(attempt);
    throw new DifferenceFound(
      comparison.difference,
      inputRows,
      old.rows.length,
      counterexample,
    );
  }
  if (!isSameShuffled) throw new OrderMattersNow();
  return old;
}
