const AGGREGATES =
  /\b(ANY_VALUE|APPROX_COUNT_DISTINCT|ARRAY_AGG|AVG|BIT_AND|BIT_OR|BIT_XOR|COUNT|COUNTIF|LISTAGG|LOGICAL_AND|LOGICAL_OR|MAX|MEDIAN|MIN|STDDEV|STRING_AGG|SUM|VARIANCE)\s*\(/i;
const VOLATILE =
  /\b(RAND|RANDOM|GENERATE_UUID|UUID_STRING|SESSION_USER|CURRENT_USER|CURRENT_TIMESTAMP|CURRENT_DATE|CURRENT_DATETIME|CURRENT_TIME|GETDATE|SYSDATE|NOW)\b/i;

/**
 * Why an expression of a mapping cannot be used, by its words alone, or undefined.
 * What needs a parser is checked when the view is bound in a database.
 */
export function expressionProblem(
  expression: string,
  options: { aggregates: boolean },
): string | undefined {
  const bare = withoutLiterals(expression);
  if (/\b(SELECT|EXISTS)\b/i.test(bare)) {
    return 'it holds a subquery';
  }
  if (/\bOVER\s*(\(|\w)/i.test(bare)) {
    return 'it holds a window function';
  }
  if (VOLATILE.test(bare)) {
    return 'its value is not the same each time';
  }
  if (!options.aggregates && AGGREGATES.test(bare)) {
    return 'it holds an aggregate, which needs rows.grain.by';
  }
  if (/;|--|\/\*/.test(bare)) {
    return 'it holds a semicolon or a comment';
  }
  return undefined;
}

function withoutLiterals(expression: string): string {
  return expression.replace(
    /'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.|"")*"|`[^`]*`/g,
    "''",
  );
}
