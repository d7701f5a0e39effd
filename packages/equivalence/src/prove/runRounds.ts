import { isEmptyResult } from '../compare/compareResults';
import { CoverageProbe } from '../cover/CoverageProbe';
import { errorText } from '../database/errorText';
import { QueryResult, QueryTimeoutError } from '../database/ProverDatabase';
import { Ties } from '../solve/CellWriter';
import { nodesAt, walkTree } from '../tree/QueryTree';
import { Attempt, AttemptTrees, readTrees } from './Attempt';
import {
  compareOnce,
  NONDETERMINISTIC,
  OrderMatters,
  OrderMattersNow,
  TooManyRows,
} from './compareOnce';
import { DifferenceFound } from './DifferenceFound';
import { Filling, fillTables } from './fillTables';
import { MutantHunt } from './MutantHunt';
import { orderLists } from './orderLists';
import { ProofStopped } from './ProofStopped';
import { StatementCoverage } from './StatementProof';

/** Until all is seen, at most so often. */
const ROUNDS = 3;
/** How often the rows are halved at most. */
const MAX_THINNED = 4;
/** Rows when all rounds came out empty, as behind `HAVING COUNT(*) > 500`. */
const LAST_RESORT = { budget: 0, rows: 1500, others: 60 };

/** What to fill the tables with in a round, given what is still to be seen. */
function fillingOf(
  round: number,
  trees: AttemptTrees,
  alive: AttemptTrees['old'][],
  seed: number,
  empty: boolean,
  ties: Ties,
  lean: boolean,
): Filling {
  const queries = (list: AttemptTrees['old'][]) =>
    list.flatMap(tree => (tree ? [tree] : []));
  const base = {
    views: trees.views,
    seed: seed * 31 + round * 1009,
    ties,
    lean,
  };
  if (round === ROUNDS) return { ...base, ...LAST_RESORT, queries: [] };
  if (lean) {
    const current = round === 0 ? [] : [trees.current];
    return {
      ...base,
      queries: queries([trees.old, ...current]),
      budget: 24,
      rows: 3,
      others: 3,
    };
  }
  if (round === 0) {
    return {
      ...base,
      queries: queries([trees.old]),
      budget: 60,
      rows: ties === 'some' ? 16 : 0,
      others: ties === 'some' ? 10 : 0,
    };
  }
  // Random rows can spoil a result, such as a NULL behind NOT IN.
  const extra = ties !== 'some' || (empty && round === 1) ? 0 : 30 * round;
  return {
    ...base,
    queries: queries([trees.old, trees.current, ...alive.slice(0, 4)]),
    budget: 150,
    rows: extra,
    others: extra / 2,
  };
}

export interface Rounds {
  first?: { result: QueryResult; counts: Record<string, number> };
  coverage: StatementCoverage;
  hunt: MutantHunt;
  /**
   * Present where the result depends on the order of rows that are equal in what
   * they are sorted by: whether old and new agree on such rows in the same order.
   */
  tied?: { alike: boolean };
}

/** True where a query has a LIMIT without an order. */
function cutsAnywhere({ old }: AttemptTrees): boolean {
  let found = false;
  walkTree({ old }, node => {
    const modifiers = nodesAt(node, 'modifiers');
    const has = (type: string) => modifiers.some(each => each.type === type);
    found ||= has('LIMIT_MODIFIER') && !has('ORDER_MODIFIER');
    return !found;
  });
  return found;
}

function isTooMuch(error: unknown): boolean {
  return error instanceof TooManyRows || error instanceof QueryTimeoutError;
}

/**
 * Compares on the present rows, or on ever fewer of them where they are too many.
 *
 * @param thinned - how often earlier rounds had to halve their rows
 */
async function compareFewer(
  attempt: Attempt,
  seed: number,
  thinned: { times: number },
): Promise<QueryResult> {
  const { bed } = attempt;
  for (let time = 0; time < thinned.times; time++) await bed.thin();
  for (;;) {
    try {
      return await compareOnce(attempt, seed);
    } catch (error) {
      if (
        !isTooMuch(error) ||
        thinned.times === MAX_THINNED ||
        !(await bed.thin())
      ) {
        throw error;
      }
      thinned.times++;
    }
  }
}

/** How queries run: with lists in an order of their own, or without, finally or `for now`. */
type Lists = 'in order' | 'as they are' | 'for now';

/** The same attempt with queries whose lists are sorted by their items, where that changes them. */
async function withListsInOrder(attempt: Attempt): Promise<Attempt> {
  const { database, prepared } = attempt;
  const oldQuery = await orderLists(database, prepared.oldQuery);
  const newQuery = await orderLists(database, prepared.newQuery);
  return oldQuery === prepared.oldQuery || newQuery === prepared.newQuery
    ? attempt
    : { ...attempt, prepared: { ...prepared, oldQuery, newQuery } };
}

/** Fills, compares and tries mistakes until everything was seen, or for some rounds. */
export async function runRounds(
  attempt: Attempt,
  seed: number,
  mutantLimit: number,
): Promise<Rounds> {
  const trees = await readTrees(attempt);
  const ordered = await withListsInOrder(attempt);
  if (ordered === attempt) {
    return runRoundsOn(attempt, trees, seed, mutantLimit, 'as they are');
  }
  try {
    // Sorting takes its time: only where the order of a list made a difference.
    return await runRoundsOn(attempt, trees, seed, mutantLimit, 'for now');
  } catch (error) {
    const differs =
      error instanceof OrderMatters ||
      error instanceof OrderMattersNow ||
      error instanceof DifferenceFound;
    if (!differs) throw error;
    return runRoundsOn(ordered, trees, seed, mutantLimit, 'in order');
  }
}

async function runRoundsOn(
  attempt: Attempt,
  trees: AttemptTrees,
  seed: number,
  mutantLimit: number,
  lists: Lists,
): Promise<Rounds> {
  const { database, prepared, compare, bed } = attempt;
  const hunt = await MutantHunt.create({
    database,
    compare,
    newQuery: prepared.newQuery,
    ordersLists: lists === 'in order',
    newTree: trees.current,
    tables: prepared.mutable,
    limit: mutantLimit,
    seed,
  });
  const probe = trees.old
    ? await CoverageProbe.create(database, trees.old)
    : undefined;
  let first: Rounds['first'];
  let lastError: Error | undefined;
  let tied: Rounds['tied'];
  let ties: Ties = 'some';
  const thinned = { times: 0 };
  let lean = false;
  let progress = 0;
  for (let round = 0; round <= ROUNDS; round++) {
    if (round === ROUNDS && (first || tied || lean)) break;
    const filling = fillingOf(
      round,
      trees,
      hunt.alive,
      seed,
      !first,
      ties,
      lean,
    );
    await fillTables(attempt, filling);
    try {
      const result = lean
        ? await compareFewer(attempt, filling.seed, thinned)
        : await compareOnce(attempt, filling.seed);
      await probe?.measure();
      if (isEmptyResult(result)) continue;
      // Few rows may all be in the old dataset, which then proves too little.
      if (lean && !(await bed.leavesOut())) continue;
      first ??= { result, counts: bed.counts };
      await hunt.run(result);
      if (hunt.alive.length > 0) await hunt.settle();
      if (hunt.alive.length === 0 && (probe?.complete ?? true)) break;
      // Other rows of the same kind would not help either.
      const seen = (probe?.hit ?? 0) - hunt.alive.length;
      if (round > 0 && seen <= progress) break;
      progress = seen;
    } catch (error) {
      if (error instanceof DifferenceFound) throw error;
      if (error instanceof ProofStopped) {
        if (!(error instanceof OrderMatters) || ties === 'alone') throw error;
        if (lists === 'for now') throw error;
        // What is cut off anywhere has ties whatever the rows are.
        if (cutsAnywhere(trees)) throw error;
        // Once more without ties: a difference there is one.
        ties = tied ? 'alone' : 'none';
        tied ??= { alike: error.alike };
        first = undefined;
        progress = 0;
        round = -1;
        continue;
      }
      // An error of one set of rows, such as a cast: others may do. More
      // rows do not make a slow query faster, though.
      lastError =
        error instanceof Error
          ? error
          : new Error(errorText(error) ?? String(error));
      if (isTooMuch(lastError)) {
        if (lean || first) break;
        lean = true;
        round = -1;
      }
    }
  }
  if (!first && tied) {
    throw new ProofStopped(
      'inconclusive',
      'NONDETERMINISTIC',
      NONDETERMINISTIC,
    );
  }
  if (!first && lastError) throw lastError;
  return {
    first,
    hunt,
    ...(tied && { tied }),
    coverage: {
      found: probe?.found ?? 0,
      hit: probe?.hit ?? 0,
      missed: (await probe?.missed()) ?? [],
    },
  };
}
