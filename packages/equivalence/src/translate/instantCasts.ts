import { TextEdit } from './applyEdits';
import { SqlToken } from './polyglot';

/** Stands for BigQuery's TIMESTAMP in a cast until the translation is done. */
const INSTANT = 'mig_instant';

/**
 * A TIMESTAMP of BigQuery is a point in time, but the parser translates a cast to
 * it like one to DATETIME: in `CAST(… AS TIMESTAMP)`, the type is hidden from it.
 */
export function instantCastEdits(list: SqlToken[]): TextEdit[] {
  const edits: TextEdit[] = [];
  const open: boolean[] = [];
  for (const [index, token] of list.entries()) {
    if (token.type === 'L_PAREN') {
      open.push(/^(SAFE_|TRY_)?CAST$/i.test(list[index - 1]?.text ?? ''));
    }
    if (token.type !== 'R_PAREN') continue;
    const type = list[index - 1];
    if (
      open.pop() &&
      type?.text.toUpperCase() === 'TIMESTAMP' &&
      list[index - 2]?.text.toUpperCase() === 'AS'
    ) {
      edits.push({ start: type.start, end: type.end, text: INSTANT });
    }
  }
  return edits;
}

/** Names the type again that was hidden. */
export function nameInstants(sql: string): string {
  return sql.replace(new RegExp(`\\b${INSTANT}\\b`, 'gi'), 'TIMESTAMPTZ');
}
