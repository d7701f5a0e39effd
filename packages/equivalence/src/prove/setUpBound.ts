import {
  DatasetMapping,
  FieldAnswer,
} from 'backstage-plugin-dataset-migration-common';
import { ProverDatabase } from '../database/ProverDatabase';
import { errorText } from '../database/errorText';
import { EquivalenceStatement } from '../EquivalenceInput';
import { LearnedColumns } from '../repair/LearnedColumns';
import { bindCoerced } from '../repair/bindCoerced';
import { learnFrom } from '../repair/learnFrom';
import { learnTwins } from '../repair/learnTwins';
import { pointedAt, readRefusal } from '../repair/readRefusal';
import { columnParts, nodeAt, parseTree, walkTree } from '../tree/QueryTree';
import { Attempt, setUpAttempt } from './Attempt';
import { missingOldColumn } from './missingOldColumn';
import { ProofStopped } from './ProofStopped';

const MAX_ROUNDS = 24;

/** Learns from what the engine said about the old query, or about one of its readings. */
async function learnFromRefusals(
  { runner, database, prepared }: Attempt,
  learned: LearnedColumns,
): Promise<boolean> {
  const unknowns = {
    guesses: [...prepared.guesses, ...runner.guesses],
    open: prepared.open,
  };
  for (const { sql, message } of runner.refusals) {
    const tree = await parseTree(database, sql);
    if (!tree) continue;
    const { open } = unknowns;
    if (await learnTwins({ database, message, query: tree, open, learned })) {
      return true;
    }
    const refusal = readRefusal(message);
    if (!refusal) continue;
    const at = pointedAt(message, `DESCRIBE ${sql}`, sql);
    if (learnFrom(refusal, tree, unknowns, learned, at)) return true;
    // Where a list was spelled out, its items are what they were before.
    const first =
      sql === prepared.oldQuery
        ? undefined
        : await parseTree(database, prepared.oldQuery);
    if (first && learnFrom(refusal, first, unknowns, learned)) return true;
  }
  return false;
}

/**
 * Learns from a value that the old query could not convert.
 *
 * @param again - false to leave alone what the query casts by itself
 */
export async function learnFromValues(
  { database, prepared }: Attempt,
  learned: LearnedColumns,
  again: boolean,
): Promise<boolean> {
  let message: string | undefined;
  try {
    await database.query(prepared.oldQuery);
  } catch (error) {
    message = errorText(error);
  }
  const refusal = message === undefined ? undefined : readRefusal(message);
  if (refusal?.kind !== 'value') return false;
  const tree = await parseTree(database, prepared.oldQuery);
  if (!tree) return false;
  let cast = false;
  walkTree(tree, node => {
    const child = node.class === 'CAST' ? nodeAt(node, 'child') : undefined;
    cast ||= (child && columnParts(child).at(-1)) === refusal.column;
    return true;
  });
  if (cast && !again) return false;
  return learnFrom(refusal, tree, prepared, learned);
}

/** Spells out what the old query leaves to a warehouse that converts by itself. */
async function coerceOld(attempt: Attempt, refused: unknown): Promise<void> {
  const { runner, prepared, database } = attempt;
  const { sql, coerced } = await bindCoerced({
    sql: prepared.oldQuery,
    refused,
    database,
    bind: text => runner.bind(text),
  });
  prepared.oldQuery = sql;
  attempt.coerced = coerced;
}

/** The new query may leave to the warehouse what the old one leaves to it, and no more. */
async function coerceNew(attempt: Attempt, refused: unknown): Promise<void> {
  const { runner, prepared, database, coerced } = attempt;
  if (coerced.size === 0) throw refused;
  const { sql } = await bindCoerced({
    sql: prepared.newQuery,
    refused,
    database,
    bind: text => runner.bind(text),
    allowed: coerced,
  });
  prepared.newQuery = sql;
}

async function bindNew(attempt: Attempt): Promise<void> {
  const { runner, prepared } = attempt;
  const before = runner.opaque.size;
  try {
    try {
      prepared.newQuery = await runner.bindRepaired(prepared.newQuery);
    } catch (error) {
      await coerceNew(attempt, error);
    }
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

/**
 * Sets a statement up so that both queries bind. What the engine refuses in the
 * old query corrects the columns that nobody declares; the new query corrects nothing.
 *
 * @param options - `tried` is told of every attempt, also of one that fails
 * @throws ProofStopped, TranslationError, or DuckDB's error about the first thing that it refused
 */
export async function setUpBound(options: {
  mapping: DatasetMapping;
  statement: EquivalenceStatement;
  answers: FieldAnswer[];
  database: ProverDatabase;
  learned: LearnedColumns;
  tried: (attempt: Attempt) => void;
}): Promise<Attempt> {
  const { mapping, statement, answers, database, learned } = options;
  for (let round = 0; ; round++) {
    const attempt = await setUpAttempt(
      mapping,
      statement,
      answers,
      database,
      learned,
    );
    options.tried(attempt);
    const { runner, prepared } = attempt;
    try {
      prepared.oldQuery = await runner.bindRepaired(prepared.oldQuery);
    } catch (error) {
      if (round < MAX_ROUNDS && (await learnFromRefusals(attempt, learned))) {
        await database.clear();
        continue;
      }
      if (mapping.dialect !== 'snowflake') throw error;
      try {
        await coerceOld(attempt, error);
      } catch {
        // Behind what was converted, there may be something to learn again.
        if (round >= MAX_ROUNDS || !(await learnFromRefusals(attempt, learned)))
          throw error;
        await database.clear();
        continue;
      }
    }
    await bindNew(attempt);
    return attempt;
  }
}
