import { SqlToken } from '../translate/polyglot';

/** A range of code points. */
export interface TextRange {
  start: number;
  end: number;
}

interface Output extends TextRange {
  name: string;
}

/** The outputs of every SELECT inside parentheses, with the text they come from. */
function nestedOutputs(list: SqlToken[]): Output[] {
  const outputs: Output[] = [];
  for (const [index, token] of list.entries()) {
    if (token.type !== 'SELECT' || list[index - 1]?.type !== 'L_PAREN') {
      continue;
    }
    let depth = 0;
    let first = index + 1;
    for (let at = first; at < list.length; at++) {
      const { type } = list[at];
      if (type === 'L_PAREN') depth++;
      const closes = type === 'R_PAREN' && --depth < 0;
      const ends = closes || (depth === 0 && type === 'FROM');
      if (ends || (depth === 0 && type === 'COMMA')) {
        const last = list[at - 1];
        outputs.push({
          name: last.text.toLowerCase(),
          start: list[first].start,
          end: last.end,
        });
        first = at + 1;
      }
      if (ends) break;
    }
  }
  return outputs;
}

/**
 * Outputs of derived tables that nothing else in the statement names, such as
 * those of the old dataset's view that a query has no use for. A mistake in
 * one of them cannot be noticed, and is none.
 */
export function unusedOutputs(list: SqlToken[]): TextRange[] {
  const passesAll = list.some(
    (token, index) =>
      token.type === 'STAR' &&
      ['SELECT', 'COMMA', 'DOT', 'DISTINCT'].includes(list[index - 1]?.type),
  );
  if (passesAll) return [];
  return nestedOutputs(list).filter(
    output =>
      !list.some(
        token =>
          token.text.toLowerCase() === output.name &&
          (token.start < output.start || token.end > output.end),
      ),
  );
}
