import { ProverDatabase } from '../database/ProverDatabase';
import { quoteText } from '../database/names';
import { FROZEN_DATE, FROZEN_TIME } from '../translate/freezeStatement';
import { ColumnType, columnTypeSql, ScalarName } from '../types/ColumnType';

const USUAL_ARITY = 8;
/** Of functions that are called with more arguments than usual. */
const MAX_ARITY = 64;
/** Days that an opaque function can give: few, so that they meet those of rows. */
const MAX_DAYS = 6;

function scalar(name: ScalarName): ColumnType {
  return { kind: 'scalar', name, known: false };
}

/** What an opaque function may give, when nothing says which. */
export const OPAQUE_TYPES: readonly ColumnType[] = [
  scalar('VARCHAR'),
  scalar('BIGINT'),
  scalar('BOOLEAN'),
  scalar('DOUBLE'),
  { kind: 'array', item: scalar('VARCHAR') },
];

/** The name in DuckDB's complaint about a function it does not have. */
export function missingFunction(message: string): string | undefined {
  return /(?:Scalar |Table |Aggregate )?Function with name "?([\w.]+)"? does not exist/i.exec(
    message,
  )?.[1];
}

/** The name in DuckDB's complaint about a call with more arguments than were expected. */
export function refusedMacro(message: string): string | undefined {
  return /Macro "?(\w+)"?\(\) does not support the supplied arguments/.exec(
    message,
  )?.[1];
}

function scalarOf(name: ScalarName, hash: string, days: number[]): string {
  const number = `CAST(${hash} % 1000003 AS BIGINT)`;
  const day = `list_extract([${days.join(', ')}], CAST(${hash} % ${
    days.length
  } + 1 AS BIGINT))`;
  switch (name) {
    case 'BOOLEAN':
      return `(${hash} % 2 = 0)`;
    case 'DATE':
      return `(DATE '${FROZEN_DATE}' - CAST(${day} AS INTEGER))`;
    case 'TIMESTAMP':
    case 'TIMESTAMPTZ':
      return `CAST(TIMESTAMP '${FROZEN_DATE} ${FROZEN_TIME}' - to_days(CAST(${day} AS INTEGER)) AS ${name})`;
    case 'TIME':
      return `(TIME '${FROZEN_TIME}' + to_seconds(${number} % 3600))`;
    case 'INTERVAL':
      return `to_seconds(${number})`;
    case 'BLOB':
      return `encode(CAST(${number} AS VARCHAR))`;
    default:
      return `CAST(${number} AS ${name})`;
  }
}

function valueOf(type: ColumnType, parts: string[], days: number[]): string {
  switch (type.kind) {
    case 'struct': {
      const fields = type.fields.map(
        field =>
          `${quoteText(field.name)}: ${valueOf(
            field.type,
            [...parts, quoteText(field.name)],
            days,
          )}`,
      );
      return `{${fields.join(', ')}}`;
    }
    case 'array': {
      const items = [1, 2].map(number =>
        valueOf(type.item, [...parts, String(number)], days),
      );
      return `CAST([${items.join(', ')}] AS ${columnTypeSql(type)})`;
    }
    default:
      return scalarOf(type.name, `hash(${parts.join(', ')})`, days);
  }
}

/**
 * Defines a function nobody can run here as a hash of its name and arguments.
 * Two queries that agree under an uninterpreted function agree under the real
 * one, as long as that is deterministic.
 *
 * @param options - `distances`: days from the frozen one that the statement speaks of;
 *   `manyArguments`: whether some call has more arguments than usual
 */
export async function defineOpaqueFunction(
  database: ProverDatabase,
  name: string,
  type: ColumnType,
  options: { distances?: readonly number[]; manyArguments?: boolean } = {},
): Promise<void> {
  const { distances = [], manyArguments = false } = options;
  const days = [...new Set([0, ...distances])].slice(0, MAX_DAYS);
  const most = manyArguments ? MAX_ARITY : USUAL_ARITY;
  const overloads = Array.from({ length: most + 1 }, (_, arity) => {
    const names = Array.from({ length: arity }, (__, index) => `a${index}`);
    const value = valueOf(
      type,
      [quoteText(name.toLowerCase()), ...names],
      days,
    );
    return `(${names.join(', ')}) AS ${value}`;
  });
  await database.define(name, overloads.join(', '));
}
