import { openingBracket, replaceCalls } from './balanced';
import { windowBeforeQualify } from './clauseOrder';
import { markUnorderedLists } from './unorderedLists';

/** Anything without parentheses, or with one level of them. */
const ARGUMENTS = String.raw`(?:[^()]|\((?:[^()]|\([^()]*\))*\))*?`;

/** Spellings that polyglot leaves in its output and DuckDB does not know. */
const FIX_UPS: Array<[pattern: RegExp, replacement: string]> = [
  [
    new RegExp(
      String.raw`\bARRAY_AGG\((${ARGUMENTS}) LIMIT (\d+)\)( FILTER\(${ARGUMENTS}\))?`,
      'g',
    ),
    'LIST_SLICE(ARRAY_AGG($1)$3, 1, $2)',
  ],
  [
    /\bINTERVAL (-?[\w."]+) (YEAR|QUARTER|MONTH|WEEK|DAY|HOUR|MINUTE|SECOND)S?\b/g,
    'INTERVAL ($1) $2',
  ],
  [/\bFORMAT\('(?=[^']*%)/g, "PRINTF('"],
  [/'(?:ISO)?WEEK(?:\(\w+\))?'/g, "'WEEK'"],
  [/\bEXTRACT\(ISOWEEK FROM/g, 'EXTRACT(WEEK FROM'],
  // Rows may hold names that no zone has.
  [
    /\bAT TIME ZONE ((?:"?[A-Za-z_]\w*"?\.)*"?[A-Za-z_]\w*"?)(?![\w."(])/g,
    'AT TIME ZONE shim_zone($1)',
  ],
  [
    /\bLEFT JOIN (UNNEST\([^()]*\)(?: WITH ORDINALITY)? AS \w+(?:\([\w", ]+\))?)(?![\w(]| ON)/g,
    'LEFT JOIN $1 ON TRUE',
  ],
  [
    /\bCAST\(([\w".]+|\w+\([\w".]*\)) -> ('[^']*') AS (\w+(?:\([\d, ]*\))?)\)/g,
    'TRY_CAST($1 ->> $2 AS $3)',
  ],
  [
    /\bCAST\(([\w".]+)\['(\w+)'\] AS (\w+(?:\([\d, ]*\))?)\)/g,
    "TRY_CAST($1 ->> '$.$2' AS $3)",
  ],
];

/** Short forms in date formats, which DuckDB has not. */
const DATE_FORMATS: Array<[short: RegExp, long: string]> = [
  [/%F/g, '%Y-%m-%d'],
  [/%T/g, '%H:%M:%S'],
  [/%R/g, '%H:%M'],
  [/%D/g, '%m/%d/%y'],
  [/%E\d?\*?S/g, '%S'],
  [/%Ez/g, '%z'],
];

/** Gives `UNNEST(…) AS item WITH OFFSET position` its second name back. */
function nameOffsets(sql: string, source: string): string {
  const names = [
    ...source.matchAll(
      /\bWITH\s+OFFSET\b(?:\s+AS\s+(\w+)|\s+(?!ON\b|WHERE\b|JOIN\b|LEFT\b|CROSS\b|INNER\b|GROUP\b|ORDER\b)(\w+))?/gi,
    ),
  ].map(match => match[1] ?? match[2] ?? 'offset');
  let index = 0;
  return sql.replace(
    /\bWITH ORDINALITY AS (\w+)/g,
    (_, item: string) =>
      `WITH ORDINALITY AS mig_unnest_${index}(${item}, "${
        names[index++] ?? 'offset'
      }")`,
  );
}

/** Array positions that polyglot left as they are; DuckDB counts from 1. */
function arrayPositions(sql: string): string {
  return sql.replace(
    /\[(?:SAFE_)?(OFFSET|ORDINAL)\((\d+)\)\]/g,
    (_, kind: string, position: string) =>
      `[${Number(position) + (kind === 'OFFSET' ? 1 : 0)}]`,
  );
}

/** `f(x).*` and `list[1].*`: the fields of a struct as columns. */
function expandStructs(sql: string): string {
  let result = sql;
  for (;;) {
    const match = /[)\]]\.\*(?!\s*(?:EXCLUDE|REPLACE))/.exec(result);
    if (!match) return result;
    let start = match.index + 1;
    // Back over brackets and the names before them.
    while (/[)\]]/.test(result[start - 1] ?? '')) {
      start = openingBracket(result, start - 1);
      while (/[\w".]/.test(result[start - 1] ?? '')) start--;
    }
    const expression = result.slice(start, match.index + 1);
    result = `${result.slice(0, start)}UNNEST(${expression})${result.slice(
      match.index + match[0].length,
    )}`;
  }
}

/** Snowflake's FLATTEN, which polyglot turns into an UNNEST of JSON. */
function flattenJson(sql: string): string {
  return replaceCalls(sql, /\b(?:LATERAL )?UNNEST\(/, inside => {
    const input =
      /^(?:input => )?([\s\S]*?)(?:, (?:outer|mode|path|recursive) => [\s\S]*)?$/i.exec(
        inside,
      )?.[1];
    return `LATERAL (SELECT UNNEST(mig_items(${input})) AS value, UNNEST(RANGE(LEN(mig_items(${input})))) AS "index", UNNEST(json_keys(${input})) AS key)`;
  }).replace(/AS (\w+)\(SEQ, KEY, PATH, INDEX, VALUE, THIS\)/g, 'AS $1');
}

/**
 * Repairs polyglot's DuckDB text where it is known not to run.
 *
 * @param source - the text before translation
 */
export function fixUp(sql: string, source: string): string {
  let fixed = nameOffsets(markUnorderedLists(sql), source);
  for (const [pattern, replacement] of FIX_UPS) {
    fixed = fixed.replace(pattern, replacement);
  }
  fixed = replaceCalls(
    fixed,
    /\bINTERVAL ([A-Z_]\w*)\(/i,
    (inside, [, name]) => `INTERVAL (${name}(${inside}))`,
  );
  fixed = replaceCalls(
    fixed,
    /\bIN UNNEST\(/,
    inside => `IN (SELECT UNNEST(${inside}))`,
  );
  fixed = replaceCalls(fixed, /\bEXTRACT\(/, inside =>
    /^DATE FROM /.test(inside)
      ? `CAST(${inside.slice('DATE FROM '.length)} AS DATE)`
      : undefined,
  );
  if (/\bFLATTEN\s*\(/i.test(source)) fixed = flattenJson(fixed);
  fixed = windowBeforeQualify(expandStructs(arrayPositions(fixed)));
  if (!/\b(STR[FP]TIME|SHIM_PARSE_\w+)\(/i.test(fixed)) return fixed;
  return fixed.replace(/'[^']*%[^']*'/g, literal =>
    DATE_FORMATS.reduce(
      (text, [short, long]) => text.replace(short, long),
      literal,
    ),
  );
}
