import { errorText } from '../database/errorText';
import { ProverDatabase } from '../database/ProverDatabase';
import { parseTree, printTrees } from '../tree/QueryTree';
import { castOperands } from './castOperands';
import { pointedAt, readRefusal } from './readRefusal';

/** So many places of a query are given casts at most. */
const MAX_CASTS = 40;

/**
 * Binds a query that counts on conversions which the warehouse makes by itself,
 * by spelling them out one after the other.
 *
 * @param refused - what the engine said about the query
 * @param allowed - which conversions may be made; all where absent
 * @returns the text that binds, and its conversions: `lower(BOOLEAN)`
 * @throws what the engine said first
 */
export async function bindCoerced(options: {
  sql: string;
  refused: unknown;
  database: ProverDatabase;
  bind: (sql: string) => Promise<unknown>;
  allowed?: Set<string>;
}): Promise<{ sql: string; coerced: Set<string> }> {
  const { refused, database, bind, allowed } = options;
  const coerced = new Set<string>();
  let { sql } = options;
  let message = errorText(refused) ?? '';
  for (let count = 0; count < MAX_CASTS; count++) {
    const refusal = readRefusal(message);
    if (refusal?.kind !== 'operands') throw refused;
    const kind = `${refusal.of}(${refusal.types.join(', ')})`;
    if (allowed && !allowed.has(kind)) throw refused;
    const tree = await parseTree(database, sql);
    const at = pointedAt(message, `DESCRIBE ${sql}`, sql);
    if (!tree || !castOperands(refusal, tree, at)) throw refused;
    [sql] = await printTrees(database, [tree]);
    coerced.add(kind);
    try {
      await bind(sql);
      return { sql, coerced };
    } catch (error) {
      message = errorText(error) ?? '';
    }
  }
  throw refused;
}
