import { ProverDatabase } from '../database/ProverDatabase';
import { quoteName } from '../database/names';

const MAX_ARITY = 8;
const RESULT_TYPES = ['VARCHAR', 'BIGINT', 'BOOLEAN', 'DOUBLE'] as const;
export type OpaqueType = (typeof RESULT_TYPES)[number];
export const OPAQUE_TYPES: readonly OpaqueType[] = RESULT_TYPES;

/** The name in DuckDB's complaint about a function it does not have. */
export function missingFunction(message: string): string | undefined {
  return /(?:Scalar |Table |Aggregate )?Function with name "?([\w.]+)"? does not exist/i.exec(
    message,
  )?.[1];
}

/**
 * Defines a function nobody can run here as a hash of its name and arguments.
 * Two queries that agree under an uninterpreted function agree under the real
 * one, as long as that is deterministic.
 */
export async function defineOpaqueFunction(
  database: ProverDatabase,
  name: string,
  type: OpaqueType,
): Promise<void> {
  const overloads = Array.from({ length: MAX_ARITY + 1 }, (_, arity) => {
    const names = Array.from({ length: arity }, (__, index) => `a${index}`);
    const hash = `hash(${[`'${name.toLowerCase()}'`, ...names].join(', ')})`;
    const value =
      type === 'BOOLEAN'
        ? `(${hash} % 2 = 0)`
        : `CAST(CAST(${hash} % 1000003 AS BIGINT) AS ${type})`;
    return `(${names.join(', ')}) AS ${value}`;
  });
  await database.run(
    `CREATE OR REPLACE MACRO ${quoteName(name)}${overloads.join(', ')}`,
  );
}
