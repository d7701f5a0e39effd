import { SqlDialect } from 'backstage-plugin-dataset-migration-common';
import { applyEdits, TextEdit } from './applyEdits';
import { SqlToken, tokens } from './polyglot';

/** The moment at which every frozen clock stands, in UTC. */
export const FROZEN_DATE = '2024-06-15';
export const FROZEN_TIME = '12:00:00';

function volatileLiteral(
  name: string,
  dialect: SqlDialect,
): string | undefined {
  const point = `${FROZEN_DATE} ${FROZEN_TIME}`;
  switch (name.toUpperCase()) {
    case 'CURRENT_DATE':
      return `DATE '${FROZEN_DATE}'`;
    case 'CURRENT_TIMESTAMP':
    case 'SYSDATE':
    case 'GETDATE':
    case 'LOCALTIMESTAMP':
      return dialect === 'bigquery'
        ? `TIMESTAMP '${point}+00'`
        : `CAST('${point}' AS TIMESTAMP_TZ)`;
    case 'CURRENT_DATETIME':
      return `DATETIME '${point}'`;
    case 'CURRENT_TIME':
      return `TIME '${FROZEN_TIME}'`;
    // Small, so that samples such as `RAND() < 0.1` keep their rows.
    case 'RAND':
    case 'RANDOM':
      return dialect === 'bigquery' ? '0.05' : '5';
    case 'GENERATE_UUID':
    case 'UUID_STRING':
      return `'00000000-0000-4000-8000-000000000000'`;
    case 'SESSION_USER':
    case 'CURRENT_USER':
      return `'somebody'`;
    default:
      return undefined;
  }
}

/** True where the clock, chance or the session decide about the value. */
export function isVolatileFunction(name: string): boolean {
  return volatileLiteral(name, 'bigquery') !== undefined;
}

function parameterLiteral(name: string): string {
  const lower = name.toLowerCase();
  if (/(_at|_ts|timestamp|datetime)$/.test(lower)) {
    return `TIMESTAMP '${FROZEN_DATE} ${FROZEN_TIME}+00'`;
  }
  if (/date|day$|_dt$/.test(lower)) return `DATE '${FROZEN_DATE}'`;
  if (/(^|_)(n|limit|count|days|hours|num|id|size|min|max)(_|$)/.test(lower)) {
    return '3';
  }
  // Reads as text and as a date.
  return `'${FROZEN_DATE}'`;
}

/** `@name` or `?`. */
function isParameter({ type, text }: SqlToken): boolean {
  return (type === 'VAR' && /^@\w+$/.test(text)) || text === '?';
}

/** A value of the kind that its place asks for, else one that the name suggests. */
function parameterValue(list: SqlToken[], index: number): string {
  const before = list[index - 1];
  if (/^(LIMIT|OFFSET)$/i.test(before?.text ?? '')) return '3';
  const { text } = list[index];
  const place = list.slice(0, index).filter(each => each.text === '?').length;
  // One without a name reads as text and as a number; each place has its own, as the order counts.
  const value =
    text === '?' ? `'${place + 3}'` : parameterLiteral(text.slice(1));
  const unnested =
    before?.type === 'L_PAREN' && /^UNNEST$/i.test(list[index - 2]?.text ?? '');
  return unnested ? `[${value}]` : value;
}

/** Index of the parenthesis that closes the one at `open`. */
function closing(list: SqlToken[], open: number): number {
  let depth = 0;
  for (let index = open; index < list.length; index++) {
    if (list[index].type === 'L_PAREN') depth++;
    if (list[index].type === 'R_PAREN' && --depth === 0) return index;
  }
  return list.length - 1;
}

/**
 * Puts constants in place of clock, chance and session functions and of query
 * parameters, and turns qualified functions (`p.udfs.clean(x)`) into opaque
 * names. Old and new text get the same constants, so that only the change
 * decides whether they differ.
 */
export function freezeStatement(sql: string, dialect: SqlDialect): string {
  const list = tokens(sql, dialect);
  const edits: TextEdit[] = [];
  for (let index = 0; index < list.length; index++) {
    const token = list[index];
    const previous = list[index - 1]?.type;
    const next = list[index + 1];
    if (isParameter(token)) {
      edits.push({ ...token, text: parameterValue(list, index) });
      continue;
    }
    if (/STRING|NUMBER|PAREN/.test(token.type)) continue;
    if (previous === 'DOT') continue;
    const called = next?.type === 'L_PAREN';
    const bare = /^(CURRENT_\w+|LOCALTIMESTAMP)$/i.test(token.text);
    const literal = volatileLiteral(token.text, dialect);
    if (
      literal &&
      token.type !== 'QUOTED_IDENTIFIER' &&
      (called || (bare && next?.type !== 'DOT'))
    ) {
      const end = called ? list[closing(list, index + 1)].end : token.end;
      edits.push({ start: token.start, end, text: literal });
      continue;
    }
    if (token.type === 'QUOTED_IDENTIFIER' && called) {
      edits.push({ ...token, text: token.text.replace(/\W+/g, '__') });
      continue;
    }
    if (next?.type !== 'DOT') continue;
    let last = index;
    while (list[last + 1]?.type === 'DOT' && list[last + 2]) last += 2;
    if (list[last + 1]?.type === 'L_PAREN' && list[last].type !== 'STAR') {
      const path = list
        .slice(index, last + 1)
        .filter(part => part.type !== 'DOT')
        .map(part => part.text);
      // SAFE.f(x) is f(x) with NULL for an error; errors are not compared.
      const text =
        path[0].toUpperCase() === 'SAFE'
          ? path.slice(1).join('.')
          : path.join('__').replace(/\W/g, '_');
      edits.push({ start: token.start, end: list[last].end, text });
      index = last;
    }
  }
  return applyEdits(sql, edits);
}
