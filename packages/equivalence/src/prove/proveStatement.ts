import {
  DatasetMapping,
  FieldAnswer,
} from 'backstage-plugin-dataset-migration-common';
import { ProverDatabase } from '../database/ProverDatabase';
import { errorText } from '../database/errorText';
import { EquivalenceStatement } from '../EquivalenceInput';
import { describeForeignKeys } from './foreignKeys';
import { LearnedColumns } from '../repair/LearnedColumns';
import { Attempt } from './Attempt';
import { canRaise } from './canRaise';
import { DifferenceFound } from './DifferenceFound';
import { PreparedStatement } from './prepareStatement';
import { ProofStopped } from './ProofStopped';
import { readsOpaqueFields } from './readsOpaqueFields';
import { NONDETERMINISTIC } from './compareOnce';
import { Rounds, runRounds } from './runRounds';
import { learnFromValues, setUpBound } from './setUpBound';
import { noMutants, StatementCoverage, StatementProof } from './StatementProof';
import { withoutCastErrors } from './withoutCastErrors';
import { ProofCase } from '../reasons';

const MUTANT_LIMIT = 16;
/** How often rows may show that a column is of another type. */
const MAX_LESSONS = 6;
const WITHOUT_TIES =
  'Which of the rows that are equal in what the old query sorts by come out depends on their order: compared with rows that differ there, and with such rows in the same order';
const WEAK = { below: 0.5, from: 4 };

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
    errorsNotCompared:
      raises(mapping, statement) || (attempt?.coerced.size ?? 0) > 0,
  });
  try {
    const learned = new LearnedColumns();
    const setUp = () =>
      setUpBound({
        mapping,
        statement,
        answers,
        database,
        learned,
        tried: each => {
          attempt = each;
        },
      });
    attempt = await setUp();
    const open = await readsOpaqueFields(
      database,
      attempt.prepared.oldQuery,
      attempt.prepared.fields,
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
    let rounds: Rounds | undefined;
    let lenient = false;
    for (let lesson = 0; !rounds; lesson++) {
      try {
        rounds = await runRounds(attempt, seed, limit);
      } catch (error) {
        if (!isConversion(error)) throw error;
        if (
          lesson < MAX_LESSONS &&
          (await learnFromValues(attempt, learned, lenient))
        ) {
          await database.clear();
          attempt = await setUp();
        } else if (lenient) throw error;
        else lenient = true;
        if (lenient) {
          // Rows that cannot be converted are errors, which are not compared.
          const { prepared } = attempt;
          prepared.oldQuery = await withoutCastErrors(
            database,
            prepared.oldQuery,
          );
          prepared.newQuery = await withoutCastErrors(
            database,
            prepared.newQuery,
          );
        }
      }
    }
    const { prepared } = attempt;
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
    if (rounds.tied && !rounds.tied.alike) {
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
      : conclude({
          ...measured,
          ...messageOf([
            ...(rounds.tied ? [WITHOUT_TIES] : []),
            ...describeForeignKeys(prepared),
          ]),
        });
  } catch (error) {
    return conclude(failedCase(error));
  }
}

/** What a proof supposes, if anything. */
function messageOf(sentences: string[]): { message?: string } {
  return sentences.length > 0 ? { message: sentences.join('; ') } : {};
}

function isConversion(error: unknown): boolean {
  return /^(Conversion|Invalid Input) Error/.test(errorText(error) ?? '');
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
