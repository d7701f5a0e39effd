import { SqlDialect } from 'backstage-plugin-dataset-migration-common';
import { applyEdits, sliceText, TextEdit } from './applyEdits';
import { SqlToken, tokens } from './polyglot';

/** Far more stars than a query has by hand. */
const MAX_STARS = 64;
const CLOSING: Record<string, string> = { ')': '(', ']': '[' };
/** What follows a FROM clause, or a SELECT that has none. */
const AFTER_FROM =
  /^(WHERE|GROUP|HAVING|QUALIFY|WINDOW|ORDER|LIMIT|UNION|INTERSECT|;)$/;

function word(token: SqlToken | undefined): string {
  return token?.text.toUpperCase() ?? '';
}

function isModifier(list: SqlToken[], index: number): boolean {
  return (
    /^(EXCEPT|REPLACE)$/.test(word(list[index])) &&
    list[index + 1]?.text === '('
  );
}

/** Index of the first token of the expression that ends at `end`. */
function expressionStart(list: SqlToken[], end: number): number {
  let start = end;
  for (;;) {
    const opening = CLOSING[list[start]?.text];
    if (opening) {
      let depth = 0;
      for (; start >= 0; start--) {
        if (CLOSING[list[start].text]) depth++;
        if (/^[[(]$/.test(list[start].text) && --depth === 0) break;
      }
      if (start < 0) return -1;
      const before = list[start - 1];
      const called =
        before !== undefined &&
        (CLOSING[before.text] !== undefined ||
          (/^[\w`]+$/.test(before.text) &&
            !/^(SELECT|DISTINCT|ALL|AS|STRUCT|WHEN|THEN|ELSE|AND|OR|NOT|IN)$/.test(
              word(before),
            )));
      if (!called) return start;
      start--;
      continue;
    }
    if (list[start - 1]?.text !== '.') return start;
    start -= 2;
  }
}

/** Where the SELECT around a token begins, its FROM clause, and where that ends. */
interface Surroundings {
  select: number;
  from?: number;
  end: number;
}

function surroundings(
  list: SqlToken[],
  start: number,
  after: number,
): Surroundings | undefined {
  let depth = 0;
  let select = start - 1;
  for (; select >= 0; select--) {
    const { text } = list[select];
    if (CLOSING[text]) depth++;
    if (/^[[(]$/.test(text) && --depth < 0) return undefined;
    if (depth === 0 && word(list[select]) === 'SELECT') break;
  }
  if (select < 0) return undefined;
  let from: number | undefined;
  for (let index = after; index < list.length; index++) {
    const { text } = list[index];
    if (/^[[(]$/.test(text)) depth++;
    if (CLOSING[text] && --depth < 0) return { select, from, end: index };
    if (depth > 0) continue;
    const own = word(list[index]);
    if (own === 'FROM') from ??= index;
    const ends =
      AFTER_FROM.test(own) || (own === 'EXCEPT' && !isModifier(list, index));
    if (ends) return { select, from, end: index };
  }
  return { select, from, end: list.length };
}

/** True for a `*` that stands for columns: not one that multiplies. */
function isStar(list: SqlToken[], index: number): boolean {
  return (
    list[index].text === '*' &&
    /^([.,]|SELECT|STRUCT|DISTINCT|ALL)$/.test(word(list[index - 1]))
  );
}

function hasBareStar(list: SqlToken[], from: number, to: number): boolean {
  let depth = 0;
  for (let index = from; index < to; index++) {
    const { text } = list[index];
    if (/^[[(]$/.test(text)) depth++;
    if (CLOSING[text]) depth--;
    if (depth > 0 || !isStar(list, index)) continue;
    if (list[index - 1].text !== '.') return true;
  }
  return false;
}

/** Gives `expression.*` a name of its own in the FROM clause. */
function nameExpression(
  sql: string,
  list: SqlToken[],
  star: number,
  name: string,
): string | undefined {
  const last = star - 2;
  const start = expressionStart(list, last);
  // `t.*` and `column.*` are read as they are.
  if (start < 0 || start === last) return undefined;
  const modified = isModifier(list, star + 1);
  if (!modified && CLOSING[list[last].text]) return undefined;
  const around = surroundings(list, start, star + 1);
  if (!around || word(list[around.end]) === 'GROUP') return undefined;
  const { select, from, end } = around;
  if (hasBareStar(list, select, from ?? end)) return undefined;
  const text = sliceText(sql, list[start].start, list[last].end);
  const item = `(SELECT ${text} AS ${name}) AS ${name}_row `;
  const at = list[end]?.start ?? list[list.length - 1].end;
  const edits: TextEdit[] = [
    { start: list[start].start, end: list[last].end, text: name },
    {
      start: at,
      end: at,
      text: from === undefined ? ` FROM ${item}` : `, LATERAL ${item}`,
    },
  ];
  return applyEdits(sql, edits);
}

/** `(SELECT AS STRUCT t.*)`, as the row of a derived table. */
function structOfRow(
  sql: string,
  list: SqlToken[],
  select: number,
  name: string,
): string | undefined {
  if (
    word(list[select]) !== 'SELECT' ||
    word(list[select + 1]) !== 'AS' ||
    word(list[select + 2]) !== 'STRUCT' ||
    list[select - 1]?.text !== '('
  ) {
    return undefined;
  }
  let depth = 0;
  let star = false;
  let inList = true;
  let index = select;
  for (; index < list.length && depth >= 0; index++) {
    const { text } = list[index];
    if (/^[[(]$/.test(text)) depth++;
    if (CLOSING[text]) depth--;
    if (depth === 0 && word(list[index]) === 'FROM') inList = false;
    if (depth === 0 && inList && isStar(list, index)) star = true;
  }
  if (!star || depth >= 0) return undefined;
  const close = list[index - 1].start;
  return applyEdits(sql, [
    {
      start: list[select].start,
      end: list[select + 2].end,
      text: `SELECT ${name} FROM (SELECT`,
    },
    { start: close, end: close, text: `) AS ${name}` },
  ]);
}

/**
 * Spells out what BigQuery can take apart with a star and the parser cannot read, or
 * DuckDB cannot: `IF(c, a, b).* REPLACE (…)`, `t.column.* EXCEPT (…)`,
 * `SELECT AS STRUCT t.*`. What cannot be spelled out is left as it is.
 */
export function spellOutStars(sql: string, dialect: SqlDialect): string {
  if (dialect !== 'bigquery' || !sql.includes('*')) return sql;
  let text = sql;
  for (let round = 0; round < MAX_STARS; round++) {
    const list = tokens(text, dialect);
    let changed: string | undefined;
    for (let index = 1; index < list.length && !changed; index++) {
      const name = `mig_star_${round}`;
      if (isStar(list, index) && list[index - 1].text === '.') {
        changed = nameExpression(text, list, index, name);
      }
      changed ??= structOfRow(text, list, index, name);
    }
    if (!changed) return text;
    text = changed;
  }
  return text;
}
