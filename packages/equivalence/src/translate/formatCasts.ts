import { TextEdit } from './applyEdits';
import { SqlToken } from './polyglot';

/** Index of the parenthesis that a token closes. */
function opening(list: SqlToken[], close: number): number {
  let depth = 0;
  for (let index = close; index >= 0; index--) {
    if (list[index].type === 'R_PAREN') depth++;
    if (list[index].type === 'L_PAREN' && --depth === 0) return index;
  }
  return 0;
}

/**
 * The parser translates `CAST(x AS STRING FORMAT '00')` as if `x` were text to be
 * read. DuckDB has no such formats either, so it becomes a function that nobody has,
 * which the proof makes opaque.
 */
export function formatCastEdits(list: SqlToken[]): TextEdit[] {
  const edits: TextEdit[] = [];
  for (const [index, token] of list.entries()) {
    if (token.type !== 'R_PAREN') continue;
    const [as, type, format, text] = list.slice(Math.max(index - 4, 0), index);
    const cast = list[opening(list, index) - 1];
    if (
      text?.type === 'STRING' &&
      format.text.toUpperCase() === 'FORMAT' &&
      as.text.toUpperCase() === 'AS' &&
      /^\w+$/.test(type.text) &&
      /^(SAFE_|TRY_)?CAST$/i.test(cast?.text ?? '')
    ) {
      const name = `cast_as_${type.text.toLowerCase()}_format`;
      edits.push({ start: cast.start, end: cast.end, text: name });
      edits.push({ start: as.start, end: format.end, text: ',' });
    }
  }
  return edits;
}
