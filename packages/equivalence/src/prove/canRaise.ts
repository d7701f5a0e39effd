import { SqlDialect } from 'backstage-plugin-dataset-migration-common';
import { tokens } from '../translate/polyglot';

const RAISING =
  /^(CAST|DIV|MOD|LOG|LN|LOG10|SQRT|POW|POWER|ERROR|SUBSTR|OFFSET|ORDINAL|CONVERT|PARSE_\w+|TO_(DATE|NUMBER|TIMESTAMP\w*|DECIMAL))$/i;

/** True where evaluating the text can raise an error, which results do not show. */
export function canRaise(sql: string, dialect: SqlDialect): boolean {
  return tokens(sql, dialect).some(
    (token, index, list) =>
      token.type === 'SLASH' ||
      token.type === 'DCOLON' ||
      (list[index + 1]?.type === 'L_PAREN' && RAISING.test(token.text)),
  );
}
