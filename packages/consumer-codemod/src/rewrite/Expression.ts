import { SqlDialect } from 'backstage-plugin-dataset-migration-common';
import { SqlParser } from '../parser/SqlParser';
import { Tokens } from '../resolve/Tokens';

/** An expression of the plan over the new dataset's fields, ready to be put into a query. */
export interface Expression {
  text: string;
  /** A plain name: nothing but a rename. */
  column: boolean;
  /** One name, literal or call: needs no parentheses anywhere. */
  atomic: boolean;
  /** Has `OR` outside of parentheses. */
  topLevelOr: boolean;
  /** Offsets of the names that a qualifier goes in front of. */
  names: number[];
}

const PREFIX = 'SELECT ';

/** Parses an expression; returns nothing if it is not one. */
export async function parseExpression(
  text: string,
  dialect: SqlDialect,
  parser: SqlParser,
): Promise<Expression | undefined> {
  const parsed = await parser.parse(PREFIX + text, dialect);
  if (!parsed.ok) {
    return undefined;
  }
  const tokens = new Tokens(parsed.tokens.slice(1));
  return {
    text,
    column: tokens.list.length === 1 && tokens.isName(0),
    atomic: isAtomic(tokens),
    topLevelOr: hasTopLevelOr(tokens, 0, tokens.list.length),
    names: parsed.columns.map(
      column => (column.qualifierStart ?? column.nameStart) - PREFIX.length,
    ),
  };
}

function isAtomic(tokens: Tokens): boolean {
  const count = tokens.list.length;
  if (count === 1) {
    return true;
  }
  if (tokens.is(0, '(')) {
    return tokens.after(0) === count;
  }
  if (tokens.isName(0) && tokens.is(1, '(')) {
    return tokens.after(1) === count;
  }
  return tokens.list.every((token, index) =>
    index % 2 === 0
      ? token.kind === 'word' || token.kind === 'quoted'
      : token.text === '.',
  );
}

/** True if `[start, end)` joins its parts by `OR`, so that `AND` after it would bind tighter. */
export function hasTopLevelOr(
  tokens: Tokens,
  start: number,
  end: number,
): boolean {
  let cases = 0;
  for (let i = start; i < end; i++) {
    if (tokens.isOpening(i)) {
      i = tokens.after(i) - 1;
    } else if (tokens.is(i, 'CASE')) {
      cases++;
    } else if (tokens.is(i, 'END')) {
      cases--;
    } else if (tokens.is(i, 'OR') && cases === 0) {
      return true;
    }
  }
  return false;
}

/** The expression's text with its names qualified. */
export function printExpression(
  expression: Expression,
  qualifier: string | undefined,
): string {
  if (!qualifier) {
    return expression.text;
  }
  let text = '';
  let position = 0;
  for (const name of expression.names) {
    text += `${expression.text.slice(position, name)}${qualifier}.`;
    position = name;
  }
  return text + expression.text.slice(position);
}
