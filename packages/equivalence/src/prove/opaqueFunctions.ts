import { ProverDatabase } from '../database/ProverDatabase';
import { quoteText } from '../database/names';

const MAX_ARITY = 8;
const RESULT_TYPES = [
  'VARCHAR',
  'BIGINT',
  'BOOLEAN',
  'DOUBLE',
  'VARCHAR[]',
] as const;

/** What an opaque function gives: a scalar, a list, or a struct with these fields. */
export type OpaqueType = (typeof RESULT_TYPES)[number] | { fields: string[] };
export const OPAQUE_TYPES: readonly OpaqueType[] = RESULT_TYPES;

/** The name in DuckDB's complaint about a function it does not have. */
export function missingFunction(message: string): string | undefined {
  return /(?:Scalar |Table |Aggregate )?Function with name "?([\w.]+)"? does not exist/i.exec(
    message,
  )?.[1];
}

function valueOf(type: OpaqueType, parts: string[]): string {
  const hash = `hash(${parts.join(', ')})`;
  const number = `CAST(${hash} % 1000003 AS BIGINT)`;
  if (typeof type === 'object') {
    const fields = type.fields.map(
      field =>
        `${quoteText(field)}: ${valueOf('VARCHAR', [
          ...parts,
          quoteText(field),
        ])}`,
    );
    return `{${fields.join(', ')}}`;
  }
  switch (type) {
    case 'BOOLEAN':
      return `(${hash} % 2 = 0)`;
    case 'VARCHAR[]':
      return `[CAST(${number} AS VARCHAR), CAST(${hash} % 7 AS VARCHAR)]`;
    default:
      return `CAST(${number} AS ${type})`;
  }
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
    const value = valueOf(type, [quoteText(name.toLowerCase()), ...names]);
    return `(${names.join(', ')}) AS ${value}`;
  });
  await database.define(name, overloads.join(', '));
}
