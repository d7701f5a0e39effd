import { Dialect, init, parse, tokenize } from '@polyglot-sql/sdk';
import { SqlDialect } from 'backstage-plugin-dataset-migration-common';
import { codePointOffsets } from './codePointOffsets';
import { ParsedPart, parseByParts } from './parseByParts';
import { ColumnSpan, ParsedSql, SqlToken } from './SqlParser';

const DIALECTS: Record<SqlDialect, Dialect> = {
  bigquery: Dialect.BigQuery,
  snowflake: Dialect.Snowflake,
};

interface Span {
  start: number;
  end: number;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function identifier(value: unknown): { name: string; span: Span } | undefined {
  if (!isRecord(value) || typeof value.name !== 'string') {
    return undefined;
  }
  const span = value.span;
  if (
    !isRecord(span) ||
    typeof span.start !== 'number' ||
    typeof span.end !== 'number'
  ) {
    return undefined;
  }
  return { name: value.name, span: { start: span.start, end: span.end } };
}

/** A statement that the parser takes as it is, without a look at what is in it. */
function isOpaque(ast: unknown): boolean {
  const statements = Array.isArray(ast) ? ast : [ast];
  return statements.some(
    statement =>
      isRecord(statement) &&
      ((isRecord(statement.raw) && typeof statement.raw.sql === 'string') ||
        (isRecord(statement.command) &&
          typeof statement.command.this === 'string')),
  );
}

/** Walks the tree with a stack of its own: a deep tree must not end the process. */
function collectColumns(
  ast: unknown,
  toUtf16: (offset: number) => number,
): ColumnSpan[] {
  const columns: ColumnSpan[] = [];
  const stack: unknown[] = [ast];
  while (stack.length > 0) {
    const node = stack.pop();
    if (Array.isArray(node)) {
      for (const entry of node) {
        stack.push(entry);
      }
      continue;
    }
    if (!isRecord(node)) {
      continue;
    }
    for (const [key, value] of Object.entries(node)) {
      if (key === 'column' && isRecord(value)) {
        const name = identifier(value.name);
        const table = identifier(value.table);
        if (name) {
          columns.push({
            name: name.name,
            nameStart: toUtf16(name.span.start),
            nameEnd: toUtf16(name.span.end),
            ...(table && {
              qualifier: table.name,
              qualifierStart: toUtf16(table.span.start),
              qualifierEnd: toUtf16(table.span.end),
            }),
          });
          continue;
        }
      }
      if (typeof value === 'object' && value !== null) {
        stack.push(value);
      }
    }
  }
  return columns.sort((a, b) => a.nameStart - b.nameStart);
}

/** Told from the text, because the parser's names for token types are many. */
function tokenKind(text: string): SqlToken['kind'] {
  if (text.startsWith('`')) {
    return 'quoted';
  }
  // Strings may have a prefix: `r'…'`, `b"…"`, `rb'''…'''`.
  if (/^[a-z]{0,2}['"]/i.test(text)) {
    return 'string';
  }
  if (/^[0-9]/.test(text)) {
    return 'number';
  }
  return /^[\p{L}_@$]/u.test(text) ? 'word' : 'symbol';
}

/** Parses in this process. A query that makes the parser trap poisons the process: see `ChildParser`. */
export async function parseWithPolyglot(
  sql: string,
  dialect: SqlDialect,
): Promise<ParsedSql> {
  await init();
  const toUtf16 = codePointOffsets(sql);
  const failure = (result: {
    error?: string | null;
    errorStart?: number | null;
  }): ParsedSql => ({
    ok: false,
    kind: 'syntax',
    message: result.error ?? 'The SQL cannot be parsed',
    ...(typeof result.errorStart === 'number' && {
      at: toUtf16(result.errorStart),
    }),
  });
  const lexed = tokenize(sql, DIALECTS[dialect]);
  if (!lexed.success || !lexed.tokens) {
    return failure(lexed);
  }
  const tokens = lexed.tokens.map((token): SqlToken => {
    const start = toUtf16(token.span.start);
    const end = toUtf16(token.span.end);
    const text = sql.slice(start, end);
    const quoted = dialect !== 'bigquery' && text.startsWith('"');
    return { kind: quoted ? 'quoted' : tokenKind(text), text, start, end };
  });
  const whole = parsePart(sql, dialect);
  const read = whole.ok && !whole.opaque;
  if (read || tokens.every(token => token.text === ';')) {
    const columns = whole.ok ? whole.columns : [];
    return { ok: true, tokens, columns };
  }
  return parseByParts(sql, tokens, part => parsePart(part, dialect), dialect);
}

/** Parses a text as it is; offsets are those of the text. */
function parsePart(sql: string, dialect: SqlDialect): ParsedPart {
  const parsed = parse(sql, DIALECTS[dialect]);
  const toUtf16 = codePointOffsets(sql);
  if (!parsed.success) {
    const at = parsed.errorStart;
    return {
      ok: false,
      message: parsed.error ?? 'The SQL cannot be parsed',
      ...(typeof at === 'number' && { at: toUtf16(at) }),
    };
  }
  return {
    ok: true,
    columns: collectColumns(parsed.ast, toUtf16),
    ...(isOpaque(parsed.ast) && { opaque: true }),
  };
}
