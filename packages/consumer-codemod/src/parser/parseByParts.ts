import { SqlDialect } from 'backstage-plugin-dataset-migration-common';
import { ColumnSpan, ParsedSql, SqlToken } from './SqlParser';
import { statementParts, StatementPart, storedQuery } from './statementParts';
import { softenExpressionStars, softenTimeTravel, softenWord } from './soften';

export type ParsedPart =
  | {
      ok: true;
      columns: ColumnSpan[];
      /** Accepted without a look at what is in it, so `columns` says nothing. */
      opaque?: boolean;
    }
  | { ok: false; message: string; at?: number };

/** A text has few words that the parser takes for keywords. */
const MAX_WORDS = 8;
const PREFIX = 'SELECT ';

/**
 * Reads a text that the parser refuses as a whole, statement by statement. Only
 * column references come from the parser, so each part may be changed for it as
 * long as offsets stay: scripts' control words are left out, and words that the
 * parser takes for keywords are hidden from it. A statement that cannot be read all
 * the same is listed, and the rest counts.
 */
export function parseByParts(
  sql: string,
  tokens: SqlToken[],
  parse: (part: string) => ParsedPart,
  dialect: SqlDialect,
): ParsedSql {
  const columns: ColumnSpan[] = [];
  const unread: NonNullable<(ParsedSql & { ok: true })['unread']> = [];
  let first: { message: string; at: number } | undefined;
  const parts = statementParts(tokens);
  for (const part of parts) {
    const result = readPart(sql, tokens, part, parse, dialect);
    if (result.ok) {
      columns.push(...result.columns);
      continue;
    }
    const start = tokens[part.start].start;
    const at = start + (result.at ?? 0);
    first = first ?? { message: result.message, at };
    unread.push({
      start,
      end: tokens[part.end - 1].end,
      message: result.message,
      at,
    });
  }
  if (first && parts.length === unread.length) {
    return { ok: false, kind: 'syntax', ...first };
  }
  return {
    ok: true,
    tokens,
    columns: columns.sort((a, b) => a.nameStart - b.nameStart),
    ...(unread.length > 0 && { unread }),
  };
}

/** A statement that is not looked into counts by the query that it stores, if that is all it holds. */
function readPart(
  sql: string,
  tokens: readonly SqlToken[],
  part: StatementPart,
  parse: (part: string) => ParsedPart,
  dialect: SqlDialect,
): ParsedPart {
  const whole = parsePart(sql, tokens, part, parse, dialect);
  const holdsQuery = tokens
    .slice(part.start, part.end)
    .some(({ kind, text }) => kind === 'word' && /^(select|from)$/i.test(text));
  if (!whole.ok || !whole.opaque || !holdsQuery) {
    return whole;
  }
  const start = storedQuery(tokens, part);
  const query =
    start === undefined
      ? undefined
      : parsePart(sql, tokens, { ...part, start }, parse, dialect);
  return query?.ok && !query.opaque
    ? query
    : { ok: false, message: 'The parser does not know this statement' };
}

function parsePart(
  sql: string,
  tokens: readonly SqlToken[],
  part: StatementPart,
  parse: (part: string) => ParsedPart,
  dialect: SqlDialect,
): ParsedPart {
  const start = tokens[part.start].start;
  const end = tokens[part.end - 1].end;
  const prefix = part.kind === 'expression' ? PREFIX : '';
  const own = tokens.slice(part.start, part.end);
  let text = softenTimeTravel(
    softenExpressionStars(sql, own, start, end),
    own,
    start,
  );
  let result = parse(prefix + text);
  for (let n = 0; n < MAX_WORDS && !result.ok; n++) {
    const at = start + (result.at ?? 0) - prefix.length;
    const softened = softenWord(text, own, start, at, dialect);
    if (softened === undefined) {
      break;
    }
    text = softened;
    const retried = parse(prefix + text);
    if (!retried.ok && retried.at === result.at) {
      break;
    }
    result = retried;
  }
  if (!result.ok) {
    return {
      ...result,
      ...(result.at !== undefined && { at: result.at - prefix.length }),
    };
  }
  const shift = start - prefix.length;
  const named = (from: number, to: number) =>
    sql.slice(from, to).replace(/[`"]/g, '');
  return {
    ok: true,
    ...(result.opaque && { opaque: true }),
    columns: result.columns.map(column => {
      const nameStart = column.nameStart + shift;
      const nameEnd = column.nameEnd + shift;
      const { qualifierStart, qualifierEnd } = column;
      return {
        name: named(nameStart, nameEnd),
        nameStart,
        nameEnd,
        ...(qualifierStart !== undefined &&
          qualifierEnd !== undefined && {
            qualifier: named(qualifierStart + shift, qualifierEnd + shift),
            qualifierStart: qualifierStart + shift,
            qualifierEnd: qualifierEnd + shift,
          }),
      };
    }),
  };
}
