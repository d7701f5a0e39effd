import {
  DatasetMapping,
  EquivalenceCase,
  FieldAnswer,
} from 'backstage-plugin-dataset-migration-common';
import {
  CompareOptions,
  compareResults,
  isEmptyResult,
  sameRows,
} from '../compare/compareResults';
import { ProverDatabase, QueryResult } from '../database/ProverDatabase';
import { NEW_TABLE } from '../database/names';
import { EquivalenceStatement } from '../EquivalenceInput';
import { Random } from '../generate/Random';
import { shimMacros } from '../translate/shims';
import { bindingMutants } from './bindingMutants';
import { canRaise } from './canRaise';
import { DifferenceFound } from './DifferenceFound';
import { findCounterexample } from './findCounterexample';
import { missingOldColumn } from './missingOldColumn';
import { orderKeys } from './orderKeys';
import { PreparedStatement, prepareStatement } from './prepareStatement';
import { ProofStopped } from './ProofStopped';
import { readsOpaqueFields } from './readsOpaqueFields';
import { StatementRunner } from './StatementRunner';
import { TestBed } from './TestBed';

/** A case with what it adds to the whole proof. */
export interface StatementProof {
  case: EquivalenceCase;
  mutants: { generated: number; killed: number };
  opaqueFunctions: string[];
  errorsNotCompared: boolean;
}

/** Rows of the new dataset and of every other table, and how often to try. */
const ROUNDS = [
  { rows: 40, others: 24 },
  { rows: 40, others: 24 },
  { rows: 90, others: 40 },
];
/** Tried only when all rounds came out empty, as behind `HAVING COUNT(*) > 50`. */
const LAST_RESORT = { rows: 1500, others: 60 };
/** A mutant that needs longer has lost a join condition: noticed, in a way. */
const MUTANT_MS = 1000;
const WEAK = { below: 0.5, from: 4 };

interface Attempt {
  bed: TestBed;
  runner: StatementRunner;
  database: ProverDatabase;
  prepared: PreparedStatement;
  compare: CompareOptions;
}

async function fillTables(
  attempt: Attempt,
  size: { rows: number; others: number },
  random: Random,
): Promise<void> {
  const { bed, prepared } = attempt;
  await bed.fill(NEW_TABLE, size.rows, random);
  for (const { table, column, field } of prepared.joins) {
    const target = prepared.tables
      .find(item => item.local === table)
      ?.columns.find(item => item.name === column);
    if (target) target.suggested = await bed.oldValues(field);
  }
  for (const table of prepared.tables.slice(1)) {
    await bed.fill(table.local, size.others, random);
  }
}

async function bindBoth(attempt: Attempt): Promise<void> {
  const { runner, prepared } = attempt;
  await runner.bind(prepared.oldQuery);
  try {
    await runner.bind(prepared.newQuery);
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
  await runner.bind(prepared.oldQuery);
}

interface Round {
  result: QueryResult;
  counts: Record<string, number>;
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

/** Takes the mutants out of `alive` that the present rows tell from the old query. */
async function killMutants(
  attempt: Attempt,
  alive: Set<string>,
  old: QueryResult,
): Promise<void> {
  for (const query of [...alive]) {
    try {
      const result = await attempt.database.query(query, MUTANT_MS);
      if (!compareResults(old, result, attempt.compare).equal) {
        alive.delete(query);
      }
    } catch {
      alive.delete(query);
    }
  }
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

async function setUp(
  mapping: DatasetMapping,
  statement: EquivalenceStatement,
  answers: FieldAnswer[],
  database: ProverDatabase,
): Promise<Attempt> {
  const prepared = prepareStatement(mapping, statement, answers);
  for (const macro of shimMacros(mapping.dialect)) await database.run(macro);
  const runner = new StatementRunner(database, mapping.dialect);
  const renamed =
    mapping.output === 'propagate'
      ? mapping.fields.flatMap(field =>
          field.kind === 'rename'
            ? [[field.name.toLowerCase(), field.is.toLowerCase()] as const]
            : [],
        )
      : [];
  const bed = await TestBed.create(database, prepared.tables, prepared.view, {
    bind: sql => runner.bind(sql).then(() => undefined),
  });
  return {
    bed,
    runner,
    database,
    prepared,
    compare: {
      namesMatter: prepared.namesMatter,
      renamed: new Map(renamed),
      droppable: new Set(
        prepared.fields.flatMap(({ field, value }) =>
          value.kind === 'null' && value.dropped
            ? [field.name.toLowerCase()]
            : [],
        ),
      ),
      orderKeys: statement.ordered ? orderKeys(prepared.oldAst) : [],
    },
  };
}

/** Proves one statement in a database of its own. */
export async function proveStatement(options: {
  mapping: DatasetMapping;
  statement: EquivalenceStatement;
  answers: FieldAnswer[];
  seed: number;
  database: ProverDatabase;
}): Promise<StatementProof> {
  const { mapping, statement, answers, seed, database } = options;
  const mutants = { generated: 0, killed: 0 };
  const base = {
    path: statement.path,
    label: statement.label,
    inputRows: {},
    outputRows: 0,
  };
  let attempt: Attempt | undefined;
  const conclude = (result: Partial<EquivalenceCase>): StatementProof => ({
    case: { ...base, verdict: 'passed', ...result },
    mutants,
    opaqueFunctions: [...(attempt?.runner.opaque ?? [])].sort(),
    errorsNotCompared: [
      statement.newSql,
      statement.oldSql,
      ...mapping.fields.flatMap(field => ('is' in field ? [field.is] : [])),
    ].some(sql => {
      try {
        return canRaise(sql, mapping.dialect);
      } catch {
        return true;
      }
    }),
  });
  try {
    attempt = await setUp(mapping, statement, answers, database);
    const { prepared, bed } = attempt;
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
    const all = await bindingMutants(prepared, mapping.dialect, database, seed);
    const alive = new Set(all);
    const rounds: Round[] = [];
    let lastError: Error | undefined;
    for (const [index, size] of [...ROUNDS, LAST_RESORT].entries()) {
      if (size === LAST_RESORT && rounds.length > 0) break;
      const roundSeed = seed * 31 + index * 1009;
      await fillTables(attempt, size, new Random(roundSeed));
      try {
        const result = await compareOnce(attempt, roundSeed);
        if (isEmptyResult(result)) continue;
        rounds.push({ result, counts: bed.counts });
        await killMutants(attempt, alive, result);
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
    const [first] = rounds;
    if (!first && lastError) throw lastError;
    if (!first) {
      throw new ProofStopped(
        'inconclusive',
        'EMPTY_RESULT',
        'No generated rows made the query return anything',
      );
    }
    mutants.generated = all.length;
    mutants.killed = all.length - alive.size;
    const measured = {
      inputRows: printableCounts(first.counts, prepared),
      outputRows: first.result.rows.length,
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
    if (error instanceof DifferenceFound) {
      return conclude({
        verdict: 'failed',
        reason: 'DIFFERENT_RESULT',
        message: error.message,
        inputRows: error.inputRows,
        outputRows: error.outputRows,
        counterexample: error.counterexample,
      });
    }
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof ProofStopped) {
      const { verdict, reason } = error;
      return conclude({ verdict, reason, message });
    }
    const timedOut =
      error instanceof Error && error.name === 'QueryTimeoutError';
    return conclude({
      verdict: 'inconclusive',
      reason: timedOut ? 'TIMEOUT' : 'NOT_RUNNABLE',
      message: message.slice(0, 1000),
    });
  }
}
