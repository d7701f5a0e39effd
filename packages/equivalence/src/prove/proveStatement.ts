import {
  DatasetMapping,
  FieldAnswer,
} from 'backstage-plugin-dataset-migration-common';
import {
  compareResults,
  isEmptyResult,
  sameRows,
} from '../compare/compareResults';
import { CoverageProbe } from '../cover/CoverageProbe';
import { ProverDatabase, QueryResult } from '../database/ProverDatabase';
import { EquivalenceStatement } from '../EquivalenceInput';
import { Attempt, AttemptTrees, readTrees, setUpAttempt } from './Attempt';
import { canRaise } from './canRaise';
import { DifferenceFound } from './DifferenceFound';
import { Filling, fillTables } from './fillTables';
import { findCounterexample } from './findCounterexample';
import { missingOldColumn } from './missingOldColumn';
import { MutantHunt } from './MutantHunt';
import { PreparedStatement } from './prepareStatement';
import { ProofStopped } from './ProofStopped';
import { readsOpaqueFields } from './readsOpaqueFields';
import { noMutants, StatementCoverage, StatementProof } from './StatementProof';
import { ProofCase } from '../reasons';

const MUTANT_LIMIT = 24;
const WEAK = { below: 0.5, from: 4 };
/** Until all is seen, at most so often. */
const ROUNDS = 3;
/** Rows when all rounds came out empty, as behind `HAVING COUNT(*) > 500`. */
const LAST_RESORT = { budget: 0, rows: 1500, others: 60 };

async function bindBoth(attempt: Attempt): Promise<void> {
  const { runner, prepared } = attempt;
  prepared.oldQuery = await runner.bindRepaired(prepared.oldQuery);
  const before = runner.opaque.size;
  try {
    prepared.newQuery = await runner.bindRepaired(prepared.newQuery);
  } catch (error) {
    const column = missingOldColumn(error, prepared);
    if (!column) throw error;
    throw new ProofStopped(
      'failed',
      'NEW_QUERY_DOES_NOT_BIND',
      `The new query reads ${column}, which the new dataset does not have`,
    );
  }
  // What is opaque was decided with both queries in view.
  if (runner.opaque.size > before) await runner.bind(prepared.oldQuery);
}

/** Runs both queries on the present rows. */
async function compareOnce(
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
      'The old query gives different rows for the same input in another order',
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

function printableCounts(
  counts: Record<string, number>,
  prepared: PreparedStatement,
): Record<string, number> {
  return Object.fromEntries(
    Object.entries(counts).map(([local, count]) => [
      prepared.displayNames[local] ?? local,
      count,
    ]),
  );
}

/** What to fill the tables with in a round, given what is still to be seen. */
function fillingOf(
  round: number,
  trees: AttemptTrees,
  alive: AttemptTrees['old'][],
  seed: number,
  empty: boolean,
): Filling {
  const queries = (list: AttemptTrees['old'][]) =>
    list.flatMap(tree => (tree ? [tree] : []));
  const base = { views: trees.views, seed: seed * 31 + round * 1009 };
  if (round === ROUNDS) return { ...base, ...LAST_RESORT, queries: [] };
  if (round === 0) {
    return {
      ...base,
      queries: queries([trees.old]),
      budget: 60,
      rows: 16,
      others: 10,
    };
  }
  // Random rows can spoil a result, such as a NULL behind NOT IN.
  const extra = empty && round === 1 ? 0 : 30 * round;
  return {
    ...base,
    queries: queries([trees.old, trees.current, ...alive.slice(0, 4)]),
    budget: 150,
    rows: extra,
    others: extra / 2,
  };
}

interface Rounds {
  first?: { result: QueryResult; counts: Record<string, number> };
  coverage: StatementCoverage;
  hunt: MutantHunt;
}

/** Fills, compares and tries mistakes until everything was seen, or for some rounds. */
async function runRounds(
  attempt: Attempt,
  seed: number,
  mutantLimit: number,
): Promise<Rounds> {
  const { database, prepared, compare, bed } = attempt;
  const trees = await readTrees(attempt);
  const hunt = await MutantHunt.create({
    database,
    compare,
    newQuery: prepared.newQuery,
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
  for (let round = 0; round <= ROUNDS; round++) {
    if (round === ROUNDS && first) break;
    const filling = fillingOf(round, trees, hunt.alive, seed, !first);
    await fillTables(attempt, filling);
    try {
      const result = await compareOnce(attempt, filling.seed);
      await probe?.measure();
      if (isEmptyResult(result)) continue;
      first ??= { result, counts: bed.counts };
      await hunt.run(result);
      if (hunt.alive.length > 0) await hunt.settle();
      if (hunt.alive.length === 0 && (probe?.complete ?? true)) break;
    } catch (error) {
      if (error instanceof ProofStopped || error instanceof DifferenceFound) {
        throw error;
      }
      // An error of one set of rows, such as a cast: others may do. More
      // rows do not make a slow query faster, though.
      lastError = error instanceof Error ? error : new Error(String(error));
      if (lastError.name === 'QueryTimeoutError') break;
    }
  }
  if (!first && lastError) throw lastError;
  return {
    first,
    hunt,
    coverage: {
      found: probe?.found ?? 0,
      hit: probe?.hit ?? 0,
      missed: (await probe?.missed()) ?? [],
    },
  };
}

function raises(mapping: DatasetMapping, statement: EquivalenceStatement) {
  return [
    statement.newSql,
    statement.oldSql,
    ...mapping.fields.flatMap(field => ('is' in field ? [field.is] : [])),
  ].some(sql => {
    try {
      return canRaise(sql, mapping.dialect);
    } catch {
      return true;
    }
  });
}

/**
 * Proves one statement in a database of its own.
 *
 * @param options - `mutantLimit`: how many deliberate mistakes are tried at most
 */
export async function proveStatement(options: {
  mapping: DatasetMapping;
  statement: EquivalenceStatement;
  answers: FieldAnswer[];
  seed: number;
  database: ProverDatabase;
  mutantLimit?: number;
}): Promise<StatementProof> {
  const { mapping, statement, answers, seed, database } = options;
  const base = {
    path: statement.path,
    label: statement.label,
    inputRows: {},
    outputRows: 0,
  };
  let attempt: Attempt | undefined;
  let mutants = noMutants();
  let coverage: StatementCoverage | undefined;
  const conclude = (result: Partial<ProofCase>): StatementProof => ({
    case: { ...base, verdict: 'passed', ...result },
    mutants,
    ...(coverage && { coverage }),
    opaqueFunctions: [...(attempt?.runner.opaque ?? [])].sort(),
    errorsNotCompared: raises(mapping, statement),
  });
  try {
    attempt = await setUpAttempt(mapping, statement, answers, database);
    const { prepared } = attempt;
    await bindBoth(attempt);
    const open = await readsOpaqueFields(
      database,
      prepared.oldQuery,
      prepared.fields,
    );
    if (open.length > 0) {
      throw new ProofStopped(
        'not-run',
        'FIELD_NEEDS_JUDGEMENT',
        `The query reads ${open.join(
          ', ',
        )}, which an owner has to decide about`,
      );
    }
    const limit = options.mutantLimit ?? MUTANT_LIMIT;
    const rounds = await runRounds(attempt, seed, limit).catch(error => {
      if (!attempt || !isConversion(error)) throw error;
      // Rows that cannot be converted are errors, which are not compared.
      prepared.oldQuery = withoutCastErrors(prepared.oldQuery);
      prepared.newQuery = withoutCastErrors(prepared.newQuery);
      return runRounds(attempt, seed, limit);
    });
    ({ coverage } = rounds);
    if (!rounds.first) {
      throw new ProofStopped(
        'inconclusive',
        'EMPTY_RESULT',
        'No generated rows made the query return anything',
      );
    }
    mutants = await rounds.hunt.count();
    const measured = {
      inputRows: printableCounts(rounds.first.counts, prepared),
      outputRows: rounds.first.result.rows.length,
    };
    const weak =
      mutants.generated >= WEAK.from &&
      mutants.killed < WEAK.below * mutants.generated;
    return weak
      ? conclude({
          ...measured,
          verdict: 'inconclusive',
          reason: 'WEAK_EVIDENCE',
          message: `The comparison noticed only ${mutants.killed} of ${mutants.generated} deliberate mistakes`,
        })
      : conclude(measured);
  } catch (error) {
    return conclude(failedCase(error));
  }
}

function isConversion(error: unknown): boolean {
  return (
    error instanceof Error &&
    /^(Conversion|Invalid Input) Error/.test(error.message)
  );
}

/** Lets CAST give NULL for what it cannot convert. */
function withoutCastErrors(query: string): string {
  return query.replace(/'(?:[^']|'')*'|\bCAST\(/g, part =>
    part === 'CAST(' ? 'TRY_CAST(' : part,
  );
}

/** What an error of a proof says about the statement. */
function failedCase(error: unknown): Partial<ProofCase> {
  if (error instanceof DifferenceFound) {
    return {
      verdict: 'failed',
      reason: 'DIFFERENT_RESULT',
      message: error.message,
      inputRows: error.inputRows,
      outputRows: error.outputRows,
      counterexample: error.counterexample,
    };
  }
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof ProofStopped) {
    return { verdict: error.verdict, reason: error.reason, message };
  }
  const timedOut = error instanceof Error && error.name === 'QueryTimeoutError';
  return {
    verdict: 'inconclusive',
    reason: timedOut ? 'TIMEOUT' : 'NOT_RUNNABLE',
    message: message.slice(0, 1000),
  };
}
