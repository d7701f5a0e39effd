import { SqlToken } from '../translate/polyglot';

/** One output of a SELECT inside parentheses, in code points. */
export interface NestedOutput {
  start: number;
  end: number;
  /** What to take out of the text to be rid of it, comma included. */
  removal: { start: number; end: number };
}

function outputsFrom(list: SqlToken[], select: number): NestedOutput[] {
  const ranges: Array<{ start: number; end: number }> = [];
  let depth = 0;
  let first = select + 1;
  for (let at = first; at < list.length; at++) {
    const { type } = list[at];
    if (type === 'L_PAREN') depth++;
    const closes = type === 'R_PAREN' && --depth < 0;
    const ends = closes || (depth === 0 && type === 'FROM');
    if (ends || (depth === 0 && type === 'COMMA')) {
      if (at > first) {
        ranges.push({ start: list[first].start, end: list[at - 1].end });
      }
      first = at + 1;
    }
    if (ends) break;
  }
  // Without its only output a SELECT is none.
  if (ranges.length < 2) return [];
  return ranges.map((range, index) => ({
    ...range,
    removal:
      index + 1 < ranges.length
        ? { start: range.start, end: ranges[index + 1].start }
        : { start: ranges[index - 1].end, end: range.end },
  }));
}

/** The outputs of every SELECT inside parentheses: derived tables and CTEs. */
export function nestedOutputs(list: SqlToken[]): NestedOutput[] {
  return list.flatMap((token, index) =>
    token.type === 'SELECT' && list[index - 1]?.type === 'L_PAREN'
      ? outputsFrom(list, index)
      : [],
  );
}
