import { init, parse, tokenize, transpile } from '@polyglot-sql/sdk';
import { SqlDialect } from 'backstage-plugin-dataset-migration-common';
import { AstNode, isNode } from './ast';
import { TranslationError } from './TranslationError';

/** One token; offsets are Unicode code points, as polyglot counts. */
export interface SqlToken {
  type: string;
  text: string;
  start: number;
  end: number;
}

/** Loads the parser. Has to end before any other function here is called. */
export async function loadPolyglot(): Promise<void> {
  await init();
}

/** @throws TranslationError when the text is not one readable statement */
export function parseStatement(sql: string, dialect: SqlDialect): AstNode {
  const result = parse(sql, dialect as Parameters<typeof parse>[1]);
  const ast: unknown = result.success ? result.ast : undefined;
  if (!Array.isArray(ast)) {
    throw new TranslationError(result.error ?? 'The statement does not parse');
  }
  const [statement, ...others] = ast;
  if (!isNode(statement) || others.length > 0) {
    throw new TranslationError('Exactly one statement is compared at a time');
  }
  return statement;
}

/** @throws TranslationError when the text cannot be split into tokens */
export function tokens(sql: string, dialect: SqlDialect): SqlToken[] {
  const result: unknown = tokenize(
    sql,
    dialect as Parameters<typeof tokenize>[1],
  );
  const list = isNode(result) ? result.tokens : undefined;
  if (!Array.isArray(list)) {
    throw new TranslationError('The statement cannot be split into tokens');
  }
  return list.filter(isNode).map(token => {
    const span = isNode(token.span) ? token.span : {};
    return {
      // Declared as `tokenType`, delivered as `token_type`.
      type: String(token.token_type ?? token.tokenType),
      text: String(token.text),
      start: Number(span.start),
      end: Number(span.end),
    };
  });
}

/** @throws TranslationError when the statement has no DuckDB form */
export function transpileToDuckDb(sql: string, dialect: SqlDialect): string {
  const result = transpile(
    sql,
    dialect as Parameters<typeof transpile>[1],
    'duckdb' as Parameters<typeof transpile>[2],
  );
  if (!result.success || result.sql?.length !== 1) {
    throw new TranslationError(
      result.error ?? 'The statement has no DuckDB form',
    );
  }
  return result.sql[0];
}
