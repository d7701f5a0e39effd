import {
  DatasetMapping,
  FieldAnswer,
} from 'backstage-plugin-dataset-migration-common';
import { ProverDatabase } from '../database/ProverDatabase';
import { errorText } from '../database/errorText';
import { EquivalenceStatement } from '../EquivalenceInput';
import { Attempt, setUpAttempt } from './Attempt';
import { canRaise } from './canRaise';
import { DifferenceFound } from './DifferenceFound';
import { missingOldColumn } from './missingOldColumn';
import { PreparedStatement } from './prepareStatement';
import { ProofStopped } from './ProofStopped';
import { readsOpaqueFields } from './readsOpaqueFields';
import { NONDETERMINISTIC } from './compareOnce';
import { runRounds } from './runRounds';
import { noMutants, StatementCoverage, StatementProof } from './StatementProof';
import { ProofCase } from '../reasons';

const MUTANT_LIMIT = 16;
const WEAK = { below: 0.5, from: 4 };

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
    if (rounds.tied) {
      return conclude({
        ...measured,
        verdict: 'inconclusive',
        reason: 'NONDETERMINISTIC',
        message: `${NONDETERMINISTIC}; on rows without ties, old and new agree on ${measured.outputRows} rows`,
      });
    }
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
  return /^(Conversion|Invalid Input) Error/.test(errorText(error) ?? '');
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
  const message = errorText(error) ?? String(error);
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
