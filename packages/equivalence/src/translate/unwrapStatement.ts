import { SqlDialect } from 'backstage-plugin-dataset-migration-common';
import { sliceText } from './applyEdits';
import { parseStatement, tokens } from './polyglot';
import { TranslationError } from './TranslationError';

/** A statement's query, and what stands around it. */
export interface UnwrappedStatement {
  query: string;
  /** Tokens before the query, joined: must be the same in old and new. */
  wrapper: string;
  /** False for INSERT, which takes columns by position. */
  namesMatter: boolean;
}

const WRITES = ['merge', 'update', 'delete', 'merge_into'];

/**
 * Takes the SELECT out of `CREATE TABLE … AS` and `INSERT … SELECT`.
 *
 * @throws TranslationError for statements that hold no single query
 */
export function unwrapStatement(
  sql: string,
  dialect: SqlDialect,
): UnwrappedStatement {
  const text = sql.replace(/[\s;]+$/, '');
  const [kind] = Object.keys(parseStatement(text, dialect));
  if (['select', 'union', 'intersect', 'except', 'subquery'].includes(kind)) {
    return { query: text, wrapper: '', namesMatter: true };
  }
  if (WRITES.includes(kind)) {
    throw new TranslationError(
      `${kind.toUpperCase()} statements are not compared`,
    );
  }
  const list = tokens(text, dialect);
  let depth = 0;
  for (const [index, token] of list.entries()) {
    if (token.type === 'L_PAREN') depth++;
    if (token.type === 'R_PAREN') depth--;
    const opensQuery =
      depth === 0 && (token.type === 'SELECT' || token.type === 'WITH');
    if (opensQuery && index > 0) {
      return {
        query: sliceText(text, token.start),
        wrapper: list
          .slice(0, index)
          .map(part => part.text.toLowerCase())
          .join(' '),
        namesMatter: kind !== 'insert',
      };
    }
  }
  const body = /\bAS\s*\(([\s\S]*)\)$/i.exec(text);
  if (kind.startsWith('create') && body) {
    return {
      query: body[1],
      wrapper: text.slice(0, body.index).toLowerCase().replace(/\s+/g, ' '),
      namesMatter: true,
    };
  }
  throw new TranslationError(
    `There is no query to compare in a ${kind.replace(/_/g, ' ')} statement`,
  );
}
