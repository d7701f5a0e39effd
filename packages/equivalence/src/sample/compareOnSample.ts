import {
  compareResults,
  isEmptyResult,
  sameRows,
} from '../compare/compareResults';
import { Attempt } from '../prove/Attempt';
import { findCounterexample } from '../prove/findCounterexample';
import { missingOldColumn } from '../prove/missingOldColumn';
import { ProofStopped } from '../prove/ProofStopped';
import { readsOpaqueFields } from '../prove/readsOpaqueFields';
import { setUpOnSample, StatementSample } from './setUpOnSample';
import { ProofCase } from '../reasons';

const SHUFFLE = 1;

/** What came of one statement, with the functions that DuckDB does not have. */
export interface SampleCase {
  case: ProofCase;
  opaqueFunctions: string[];
}

/**
 * Runs one statement and its rewrite on sampled rows, the old dataset being the
 * mapping's view over the new one.
 */
export async function compareOnSample(
  options: StatementSample,
): Promise<SampleCase> {
  const { statement } = options;
  const base: ProofCase = {
    path: statement.path,
    label: statement.label,
    verdict: 'passed',
    inputRows: {},
    outputRows: 0,
  };
  let opaque: ReadonlySet<string> = new Set();
  try {
    const { attempt, inputRows } = await setUpOnSample(options);
    opaque = attempt.runner.opaque;
    const result = await compare(attempt);
    return {
      case: { ...base, inputRows, ...result },
      opaqueFunctions: [...opaque],
    };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const stopped = error instanceof ProofStopped ? error : undefined;
    return {
      case: {
        ...base,
        verdict: stopped?.verdict ?? 'inconclusive',
        reason: stopped?.reason ?? 'NOT_RUNNABLE',
        message: message.slice(0, 1000),
      },
      opaqueFunctions: [...opaque],
    };
  }
}

async function compare(attempt: Attempt): Promise<Partial<ProofCase>> {
  const { bed, database, prepared, runner } = attempt;
  await bed.show({});
  await runner.bind(prepared.oldQuery);
  try {
    await runner.bind(prepared.newQuery);
  } catch (error) {
    const column = missingOldColumn(error, prepared);
    if (!column) {
      throw error;
    }
    throw new ProofStopped(
      'failed',
      'NEW_QUERY_DOES_NOT_BIND',
      `The new query reads ${column}, which the new dataset does not have`,
    );
  }
  const open = await readsOpaqueFields(
    database,
    prepared.oldQuery,
    prepared.fields,
  );
  if (open.length > 0) {
    throw new ProofStopped(
      'not-run',
      'FIELD_NEEDS_JUDGEMENT',
      `The query reads ${open.join(', ')}, which an owner has to decide about`,
    );
  }
  await bed.show({ shuffle: SHUFFLE });
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
  const comparison = compareResults(old, current, attempt.compare);
  if (!comparison.equal) {
    const { counterexample, inputRows } = await findCounterexample(attempt);
    return {
      verdict: 'failed',
      reason: 'DIFFERENT_RESULT',
      message: comparison.difference,
      inputRows,
      outputRows: old.rows.length,
      counterexample,
    };
  }
  if (isEmptyResult(old)) {
    throw new ProofStopped(
      'inconclusive',
      'EMPTY_RESULT',
      'The query returns nothing on the sample',
    );
  }
  return { outputRows: old.rows.length };
}
