import { RewrittenStatement } from '../rewrite/FileResult';
import { VirtualSql } from './VirtualSql';

/** Reads as text and as a date. */
const SAMPLE = `'2024-03-15'`;
const QUOTED = /'_j\d+_+'/g;
/** A hole as the engine prints it: a call of a function that nothing is known of. */
const VALUE =
  /((?:[=<>]|\b(?:LIKE|LIMIT|OFFSET|INTERVAL|BETWEEN(?:\s+\S+\s+AND)?)(?=\s)|\b(?:DATE|DATETIME|TIMESTAMP|IN)\s*\()\s*)jinja_hole_(\d+)\(\)/gi;

/**
 * Gives a proof something to run where code puts a value into the query: a text
 * in quotes, and a query parameter of the value's name elsewhere. Both versions
 * of the statement get the same.
 */
export function sampleValues(
  statement: RewrittenStatement,
  virtual: VirtualSql,
): RewrittenStatement {
  const named = (sql: string) =>
    sql.replace(VALUE, (_, before: string, index: string) => {
      const source = sourceOf(virtual, Number(index));
      return `${before}@${parameterName(source)}`;
    });
  // Twice, because the first bound of `BETWEEN` stands in front of the second.
  const fill = (sql: string) => named(named(sql.replace(QUOTED, SAMPLE)));
  return {
    ...statement,
    oldSql: fill(statement.oldSql),
    newSql: fill(statement.newSql),
  };
}

/** The expression that a hole prints; of `%s` it stands elsewhere. */
function sourceOf(virtual: VirtualSql, index: number): string {
  const origin = virtual.holes[index]?.origin;
  return origin
    ? virtual.file.slice(origin.start, origin.end)
    : virtual.holeSource(index);
}

/** `startDate` and `args.start_date` are `start_date`. */
function parameterName(source: string): string {
  const words = source.match(/[A-Za-z_]\w*/g) ?? [];
  const name = words[words.length - 1] ?? 'value';
  return name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
}
