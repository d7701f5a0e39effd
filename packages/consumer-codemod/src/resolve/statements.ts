import { collectNested, parseQuery, startsQuery } from './parseQuery';
import { parseFrom } from './parseFrom';
import { FromItem, Query, TokenRange, UnknownShapeError } from './QueryTree';
import { Tokens } from './Tokens';

export interface Statement extends TokenRange {
  /** The query that makes up the statement, or feeds `INSERT` or `CREATE TABLE AS`. */
  query?: Query;
  /** Queries inside expressions of other statements. */
  nested: Query[];
  /** `MERGE … USING` and `UPDATE … FROM`: read as a whole. */
  sources: FromItem[];
  /** What `UPDATE`, `DELETE` and `MERGE` call the table that they change. */
  target?: string;
  /** The token at which the statement has a shape that is not known. */
  unknown?: number;
  /** Paths of tables written or defined. */
  writes: TokenRange[];
}

/** Splits a script at its semicolons and reads each statement. */
export function parseStatements(tokens: Tokens): Statement[] {
  const statements: Statement[] = [];
  const read = (from: number, to: number): Statement => {
    try {
      return parseStatement(tokens, from, to);
    } catch (error) {
      if (!(error instanceof UnknownShapeError)) {
        throw error;
      }
      const none = { nested: [], sources: [], writes: [] };
      return { start: from, end: to, ...none, unknown: error.token };
    }
  };
  let start = 0;
  for (let i = 0; i <= tokens.list.length; i++) {
    if (i === tokens.list.length || tokens.is(i, ';')) {
      if (i > start) {
        statements.push(read(start, i));
      }
      start = i + 1;
    }
  }
  return statements;
}

const WRITE_WORDS = new Set([
  'INTO',
  'TABLE',
  'VIEW',
  'UPDATE',
  'DELETE',
  'MERGE',
  'FROM',
  'INSERT',
]);

function writePath(tokens: Tokens, at: number, end: number): TokenRange {
  let i = at;
  while (
    i < end &&
    /^(INTO|TABLE|VIEW|IF|NOT|EXISTS|FROM)$/.test(tokens.word(i))
  ) {
    i++;
  }
  const start = i;
  i++;
  while (
    i < end &&
    (tokens.is(i, '.') || (tokens.is(i, '-') && tokens.touches(i)))
  ) {
    i += 2;
  }
  return { start, end: i };
}

function findWrites(tokens: Tokens, start: number, end: number): TokenRange[] {
  let i = start;
  while (/^(BEGIN|THEN|ELSE)$/.test(tokens.word(i))) {
    i++;
  }
  const first = tokens.word(i);
  if (
    !/^(INSERT|MERGE|UPDATE|DELETE|CREATE|DROP|ALTER|TRUNCATE|LOAD)$/.test(
      first,
    )
  ) {
    return [];
  }
  if (
    first === 'CREATE' ||
    first === 'DROP' ||
    first === 'ALTER' ||
    first === 'TRUNCATE' ||
    first === 'LOAD'
  ) {
    while (
      i < end &&
      !/^(TABLE|VIEW|INTO|FUNCTION|PROCEDURE|SCHEMA)$/.test(tokens.word(i))
    ) {
      i++;
    }
    return WRITE_WORDS.has(tokens.word(i)) ? [writePath(tokens, i, end)] : [];
  }
  return [writePath(tokens, i + 1, end)];
}

function targetName(
  tokens: Tokens,
  write: TokenRange | undefined,
  start: number,
): string | undefined {
  if (!write || !/^(UPDATE|DELETE|MERGE)$/.test(tokens.word(start))) {
    return undefined;
  }
  const at = tokens.is(write.end, 'AS') ? write.end + 1 : write.end;
  const named =
    tokens.isName(at) &&
    !/^(SET|USING|WHERE|FROM|WHEN|ON)$/.test(tokens.word(at));
  const last = tokens.name(write.end - 1);
  return named ? tokens.name(at) : last.slice(last.lastIndexOf('.') + 1);
}

function parseStatement(tokens: Tokens, start: number, end: number): Statement {
  const statement: Statement = {
    start,
    end,
    nested: [],
    sources: [],
    writes: findWrites(tokens, start, end),
  };
  const target = targetName(tokens, statement.writes[0], start);
  if (target) {
    statement.target = target;
  }
  const isMerge = tokens.is(start, 'MERGE');
  const isUpdate = tokens.is(start, 'UPDATE');
  for (let i = start; i < end; ) {
    if (
      (!isMerge && tokens.is(i, 'SELECT')) ||
      (tokens.is(i, 'WITH') && startsQuery(tokens, i))
    ) {
      statement.query = parseQuery(tokens, i, end);
      return statement;
    }
    if (tokens.is(i, '(') && startsQuery(tokens, i)) {
      const after = tokens.after(i);
      if (
        after === end ||
        /^(UNION|INTERSECT|EXCEPT)$/.test(tokens.word(after))
      ) {
        statement.query = parseQuery(tokens, i, end);
        return statement;
      }
    }
    if (
      (isMerge && tokens.is(i, 'USING')) ||
      (isUpdate && tokens.is(i, 'FROM'))
    ) {
      let stop = i + 1;
      const stopWord = isMerge ? 'ON' : 'WHERE';
      while (stop < end && !tokens.is(stop, stopWord)) {
        stop = tokens.isOpening(stop) ? tokens.after(stop) : stop + 1;
      }
      if (isMerge || !tokens.is(i - 1, 'DISTINCT')) {
        statement.sources.push(
          ...parseFrom(tokens, i + 1, stop, statement.nested),
        );
        i = stop;
        continue;
      }
    }
    if (tokens.isOpening(i)) {
      const after = tokens.after(i);
      collectNested(tokens, i, after, statement.nested);
      i = after;
    } else {
      i++;
    }
  }
  return statement;
}
