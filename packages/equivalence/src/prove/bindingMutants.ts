import { SqlDialect } from 'backstage-plugin-dataset-migration-common';
import { ProverDatabase } from '../database/ProverDatabase';
import { Random } from '../generate/Random';
import { mutateQuery } from '../mutate/mutateQuery';
import { NestedOutput, nestedOutputs } from '../mutate/nestedOutputs';
import { applyEdits } from '../translate/applyEdits';
import { tokens } from '../translate/polyglot';
import { PreparedStatement } from './prepareStatement';

const MUTANT_LIMIT = 16;
const MAX_OUTPUTS = 80;

/** The columns of a query in the mapping's dialect, or nothing when it does not bind. */
async function columnsOf(
  sql: string,
  prepared: PreparedStatement,
  database: ProverDatabase,
): Promise<string | undefined> {
  try {
    const query = prepared.translate(sql);
    const { rows } = await database.query(`DESCRIBE ${query}`);
    return JSON.stringify(rows);
  } catch {
    return undefined;
  }
}

/**
 * Outputs of derived tables that the query has no use for, such as most of
 * the old dataset's view: it binds to the same columns without them. A mistake
 * there cannot be noticed, and is none.
 */
async function unusedOutputs(
  prepared: PreparedStatement,
  dialect: SqlDialect,
  database: ProverDatabase,
): Promise<NestedOutput[]> {
  const sql = prepared.newFrozen;
  const complete = await columnsOf(sql, prepared, database);
  const unused: NestedOutput[] = [];
  const outputs = nestedOutputs(tokens(sql, dialect)).slice(0, MAX_OUTPUTS);
  for (const output of outputs) {
    const without = applyEdits(sql, [{ ...output.removal, text: '' }]);
    if ((await columnsOf(without, prepared, database)) === complete) {
      unused.push(output);
    }
  }
  return unused;
}

/**
 * Wrong versions of the new query that bind, in DuckDB's dialect. One that
 * does not bind would be noticed by anybody, and is not counted.
 */
export async function bindingMutants(
  prepared: PreparedStatement,
  dialect: SqlDialect,
  database: ProverDatabase,
  seed: number,
): Promise<string[]> {
  const mutants = mutateQuery(prepared.newFrozen, dialect, prepared.newFields, {
    random: new Random(seed),
    limit: MUTANT_LIMIT,
    except: await unusedOutputs(prepared, dialect, database),
  });
  const bound = new Set<string>();
  for (const { sql } of mutants) {
    if ((await columnsOf(sql, prepared, database)) !== undefined) {
      const query = prepared.translate(sql);
      if (query !== prepared.newQuery) bound.add(query);
    }
  }
  return [...bound];
}
