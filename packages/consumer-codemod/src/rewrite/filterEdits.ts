import { Edit } from '../patch/Edit';
import { isPlaceholder } from '../resolve/placeholder';
import { Clause, Select } from '../resolve/QueryTree';
import { OldRead } from '../resolve/Reads';
import { Tokens } from '../resolve/Tokens';
import { EmitContext } from './EmitContext';
import { hasTopLevelOr, printExpression } from './Expression';
import { qualifierOf } from './qualifiers';

/** Adds `rows.where` to a select's `WHERE`, or gives it one. */
export function filterEdits(
  { tokens, source, view }: EmitContext,
  select: Select,
  reads: readonly OldRead[],
): Edit[] {
  const { where } = view;
  if (!where) {
    return [];
  }
  const owner = reads[0].start;
  const filter = select.clauses.find(clause => clause.name === 'filter');
  const conditions = reads.map(read => {
    const text = printExpression(where, qualifierOf(read));
    return where.topLevelOr && (filter || reads.length > 1)
      ? `(${text})`
      : text;
  });
  const upper = (keyword: number) => /^[A-Z]/.test(tokens.list[keyword].text);
  if (filter) {
    const and = upper(filter.start) ? 'AND' : 'and';
    const start = tokens.list[filter.content].start;
    const end = tokens.list[filter.end - 1].end;
    const gap = conditionGap(tokens, source, filter);
    const text = `${gap}${and} ${conditions.join(` ${and} `)}`;
    return hasTopLevelOr(tokens, filter.content, filter.end) ||
      hasMacroOperand(tokens, filter.content, filter.end)
      ? [
          { start, end: start, text: '(', owner },
          { start: end, end, text: `)${text}`, owner },
        ]
      : [{ start: end, end, text, owner }];
  }
  const from = select.clauses.find(clause => clause.name === 'from');
  if (!from) {
    return [];
  }
  const keyword = tokens.list[from.start];
  const end = tokens.list[from.end - 1].end;
  const lineStart = source.lastIndexOf('\n', keyword.start) + 1;
  const indent = source.slice(lineStart, keyword.start);
  const ownLine = /^[ \t]*$/.test(indent) && from.start > 0;
  const newline = source.includes('\r\n') ? '\r\n' : '\n';
  const gap = ownLine ? newline + indent : ' ';
  const [where_, and] = upper(from.start) ? ['WHERE', 'AND'] : ['where', 'and'];
  const text = `${gap}${where_} ${conditions.join(` ${and} `)}`;
  return [{ start: end, end, text, owner }];
}

/** Conditions that stand on lines of their own are followed by another line. */
function conditionGap(tokens: Tokens, source: string, filter: Clause): string {
  let last = filter.content;
  for (let i = filter.content; i < filter.end; i++) {
    if (tokens.isOpening(i)) {
      i = tokens.after(i) - 1;
    } else if (tokens.is(i, 'AND') && !tokens.is(i - 2, 'BETWEEN')) {
      last = i;
    }
  }
  const { start } = tokens.list[last];
  const lineStart = source.lastIndexOf('\n', start - 1) + 1;
  const indent = source.slice(lineStart, start);
  const newline = source.includes('\r\n') ? '\r\n' : '\n';
  return lineStart > 0 && /^[ \t]*$/.test(indent) ? newline + indent : ' ';
}

/** A macro that stands for a condition may print an `OR`. */
function hasMacroOperand(tokens: Tokens, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    if (tokens.isOpening(i)) {
      i = tokens.after(i) - 1;
    } else if (
      isPlaceholder(tokens.list[i].text) &&
      (i === start || /^(AND|OR|NOT)$/.test(tokens.word(i - 1)))
    ) {
      return true;
    }
  }
  return false;
}
