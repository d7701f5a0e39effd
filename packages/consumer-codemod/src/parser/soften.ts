import { SqlDialect } from 'backstage-plugin-dataset-migration-common';
import { SqlToken } from './SqlParser';

/** Words that the dialects reserve: one of these is no name, whatever the parser says. */
const RESERVED =
  /^(ALL|AND|ANY|ARRAY|AS|ASC|AT|BETWEEN|BY|CASE|CAST|COLLATE|CREATE|CROSS|CUBE|CURRENT|DEFAULT|DEFINE|DESC|DISTINCT|ELSE|END|ENUM|ESCAPE|EXCEPT|EXISTS|EXTRACT|FALSE|FETCH|FOLLOWING|FOR|FROM|FULL|GROUP|GROUPING|GROUPS|HASH|HAVING|IF|IGNORE|IN|INNER|INTERSECT|INTERVAL|INTO|IS|JOIN|LATERAL|LEFT|LIKE|LIMIT|LOOKUP|MERGE|NATURAL|NO|NOT|NULL|NULLS|OF|ON|OR|ORDER|OUTER|OVER|PARTITION|PRECEDING|PROTO|QUALIFY|RANGE|RECURSIVE|RESPECT|RIGHT|ROLLUP|ROWS|SELECT|SET|SOME|STRUCT|TABLESAMPLE|THEN|TO|TREAT|TRUE|UNBOUNDED|UNION|UNNEST|USING|WHEN|WHERE|WINDOW|WITH|WITHIN|ILIKE|RLIKE|MINUS|SAMPLE|INSERT|UPDATE|DELETE|VALUES|DROP|ALTER|PIVOT|UNPIVOT|OFFSET|REPLACE|EXCLUDE|RENAME|TEMP|TEMPORARY|FUNCTION|PROCEDURE|RETURNS|LANGUAGE|BEGIN|DECLARE)$/;

/** Words that the parser has been seen to take for keywords where they are names. */
const SUSPICIOUS: Record<SqlDialect, RegExp> = {
  bigquery:
    /^(final|key|keys|table|tables|namespace|new|old|view|model|index|row|column|columns|database|schema|schemas|session|settings|format|prewhere|global|any|anti|semi|asof|sample|div|percent|only|first|next|start|connect|match|show|describe|use|cache|comment|commit|kill|load|lock|put|copy|get|call|analyze|refresh|summarize|tag|stage|warehouse|share|policy|integration|pipe|task|stream|user|role|grant|revoke|execute|command|overwrite|local|logged|immutable|volatile|unlogged|unique|primary|foreign|constraint|check|references|cluster|clustered|distribute|sort|force|ignore|straight_join|left_only|option|options|position|procedure|rollback|separator|uncache|variable|version|volume|until|while|repeat|leave|iterate|both|leading|trailing|overlaps|operator|similar|glob|returning|ilike|rlike|soundex|binary|bit|bool|date|time|year|type|types|end_date)$/i,
  snowflake:
    /^(final|key|keys|namespace|new|old|index|format|settings|global|anti|semi|asof|div|percent|only|first|next|match|show|describe|use|cache|comment|kill|load|lock|put|copy|get|call|analyze|refresh|summarize|tag|stage|share|policy|integration|pipe|task|stream|user|role|execute|command|overwrite|local|volatile|cluster|clustered|distribute|sort|force|option|options|position|separator|variable|version|volume|until|while|repeat|leave|overlaps|operator|similar|glob|returning|binary|type|types|model|view|session|percentile|rank|value|values)$/i,
};

/** A name that is reserved nowhere, of the same length. */
function hide(text: string): string {
  return 'z'.repeat(text.length);
}

function replaceAt(
  text: string,
  offset: number,
  token: SqlToken,
  replacement: string,
): string {
  const from = token.start - offset;
  return (
    text.slice(0, from) + replacement + text.slice(from + token.text.length)
  );
}

/**
 * Hides the word at which the parser gave up, or one next to it, if it can be a
 * name: `FROM license_new new`, `x AS key`. Offsets stay.
 */
export function softenWord(
  text: string,
  tokens: readonly SqlToken[],
  offset: number,
  at: number,
  dialect: SqlDialect,
): string | undefined {
  const index = tokens.findIndex(token => token.end > at);
  const around = [index, index - 1, index - 2].flatMap(i => tokens[i] ?? []);
  const isName = (token: SqlToken) =>
    token.kind === 'word' &&
    !RESERVED.test(token.text.toUpperCase()) &&
    !/^_j\d+_+$/.test(token.text) &&
    text.slice(token.start - offset, token.end - offset) !== hide(token.text);
  const found = around.find(
    token => isName(token) && SUSPICIOUS[dialect].test(token.text),
  );
  if (!found) {
    return undefined;
  }
  // The name may qualify columns elsewhere.
  return tokens
    .filter(
      token =>
        token.kind === 'word' &&
        token.text.toUpperCase() === found.text.toUpperCase() &&
        !isCall(tokens, token),
    )
    .reduce(
      (softened, token) => replaceAt(softened, offset, token, hide(token.text)),
      text,
    );
}

function isCall(tokens: readonly SqlToken[], token: SqlToken): boolean {
  return tokens[tokens.indexOf(token) + 1]?.text === '(';
}

/**
 * `IF(c, a, b).* REPLACE (x AS y)` has no syntax tree in the parser: the star is
 * hidden, so that what is around it is read. Names in `EXCEPT` are no references.
 */
export function softenExpressionStars(
  sql: string,
  tokens: readonly SqlToken[],
  start: number,
  end: number,
): string {
  let text = sql.slice(start, end);
  const blank = (from: SqlToken, to: SqlToken) => {
    const a = from.start - start;
    const b = to.end - start;
    text =
      text.slice(0, a) +
      text.slice(a, b).replace(/[^\r\n]/g, ' ') +
      text.slice(b);
  };
  for (let i = 1; i + 1 < tokens.length; i++) {
    const isStar =
      tokens[i].text === '.' &&
      tokens[i + 1].text === '*' &&
      /^[)\]]$/.test(tokens[i - 1].text);
    if (!isStar) {
      continue;
    }
    blank(tokens[i], tokens[i + 1]);
    let next = i + 2;
    if (/^except$/i.test(tokens[next]?.text ?? '')) {
      const close = tokens.findIndex(
        (token, n) => n > next && token.text === ')',
      );
      if (close !== -1) {
        blank(tokens[next], tokens[close]);
        next = close + 1;
      }
    }
    const replace = tokens[next];
    if (replace && /^replace$/i.test(replace.text)) {
      // `, STRUCT (x AS y)` in place of ` REPLACE (x AS y)`: the same length.
      const dot = tokens[i].start - start;
      text = `${text.slice(0, dot)},${text.slice(dot + 1)}`;
      text = replaceAt(text, start, replace, 'STRUCT '.padEnd(7));
    }
  }
  return text;
}

const AFTER_TIME =
  /^(,|\)|JOIN|INNER|LEFT|RIGHT|FULL|CROSS|NATURAL|ON|USING|WHERE|GROUP|HAVING|QUALIFY|WINDOW|ORDER|LIMIT|UNION|INTERSECT|EXCEPT|AS|;)$/i;

/** `FOR SYSTEM_TIME AS OF x` names no column: it is hidden from the parser. */
export function softenTimeTravel(
  text: string,
  tokens: readonly SqlToken[],
  start: number,
): string {
  let softened = text;
  for (let i = 0; i + 3 < tokens.length; i++) {
    const words = tokens.slice(i, i + 4).map(token => token.text.toUpperCase());
    if (words.join(' ') !== 'FOR SYSTEM_TIME AS OF') {
      continue;
    }
    let depth = 0;
    let last = i + 3;
    for (let n = i + 4; n < tokens.length; n++) {
      const word = tokens[n].text;
      if (depth === 0 && AFTER_TIME.test(word)) {
        break;
      }
      if (word === '(') {
        depth++;
      } else if (word === ')') {
        depth--;
      }
      last = n;
    }
    const from = tokens[i].start - start;
    const to = tokens[last].end - start;
    softened =
      softened.slice(0, from) +
      softened.slice(from, to).replace(/[^\r\n]/g, ' ') +
      softened.slice(to);
  }
  return softened;
}
