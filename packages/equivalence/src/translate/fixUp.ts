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
  [/'(?:ISO)?WEEK(?:\(\w+\))?'/g, "'WEEK'"],
  [/\bEXTRACT\(ISOWEEK FROM/g, 'EXTRACT(WEEK FROM'],
  [
    /\bLEFT JOIN (UNNEST\([^()]*\) AS \w+(?:\(\w+\))?)(?! ON)/g,
    'LEFT JOIN $1 ON TRUE',
  ],
];

/** Short forms in date formats, which DuckDB has not. */
const DATE_FORMATS: Array<[short: RegExp, long: string]> = [
  [/%F/g, '%Y-%m-%d'],
  [/%T/g, '%H:%M:%S'],
  [/%R/g, '%H:%M'],
  [/%D/g, '%m/%d/%y'],
  [/%E\d?\*?S/g, '%S'],
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

/**
 * Repairs polyglot's DuckDB text where it is known not to run.
 *
 * @param source - the text before translation
 */
export function fixUp(sql: string, source: string): string {
  let fixed = nameOffsets(sql, source);
  for (const [pattern, replacement] of FIX_UPS) {
    fixed = fixed.replace(pattern, replacement);
  }
  if (!/\bSTR[FP]TIME\(/.test(fixed)) return fixed;
  return fixed.replace(/'[^']*%[^']*'/g, literal =>
    DATE_FORMATS.reduce(
      (text, [short, long]) => text.replace(short, long),
      literal,
    ),
  );
}
