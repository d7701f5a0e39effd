import { Clause } from './QueryTree';
import { Tokens } from './Tokens';

const AGGREGATES =
  /^(ANY_VALUE|APPROX_\w+|ARRAY_AGG|ARRAY_CONCAT_AGG|AVG|BIT_AND|BIT_OR|BIT_XOR|CORR|COUNT|COUNTIF|COVAR_\w+|GROUPING|LOGICAL_AND|LOGICAL_OR|MAX|MAX_BY|MIN|MIN_BY|STDDEV\w*|STRING_AGG|SUM|VAR\w*|HLL_COUNT\.\w+)$/;

export function isAggregate(name: string): boolean {
  return AGGREGATES.test(name);
}

export function isAggregateOrWindow(name: string): boolean {
  return name === 'OVER' || isAggregate(name);
}

/** Names in front of the parentheses around a token, innermost first. */
export function enclosingCalls(
  tokens: Tokens,
  clause: Clause,
  token: number,
): string[] {
  const calls: string[] = [];
  for (let i = clause.content; i < token; i++) {
    if (tokens.isOpening(i)) {
      const after = tokens.after(i);
      if (after > token) {
        calls.unshift(tokens.word(i - 1));
      } else {
        i = after - 1;
      }
    }
  }
  return calls;
}
