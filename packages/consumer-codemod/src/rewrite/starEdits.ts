import { Edit } from '../patch/Edit';
import { OldRead } from '../resolve/Reads';
import { Decision } from './decide';
import { EmitContext, LINE_WIDTH } from './EmitContext';
import { aliasOf, quoteName } from './qualifiers';
import { quoteColumn } from './quoteColumn';
import { printColumn } from './View';

/** Spells stars out with the fields that are read; behind a derived table by their old names. */
export function starEdits(
  { tokens, source, view }: EmitContext,
  read: OldRead,
  decision: Decision,
): Edit[] {
  return read.stars.flatMap(({ item }): Edit[] => {
    const { start } = tokens.list[item.start];
    const fields = decision.stars.get(start);
    if (!fields) {
      return [];
    }
    const starQualifier = item.star?.qualifier;
    const renamed = starQualifier && !aliasOf(read) && !decision.derived;
    const qualifier = renamed ? quoteName(read.implicitNew) : starQualifier;
    const columns = fields.flatMap(name => {
      const field = view.fields.get(name);
      if (!field) {
        return [];
      }
      const { dialect } = view.mapping;
      const old = quoteColumn(field.name, dialect);
      return decision.derived
        ? [qualifier ? `${qualifier}.${old}` : old]
        : [printColumn(field, qualifier, dialect)];
    });
    const { end: last } = tokens.list[item.end - 1];
    const end = source.startsWith('{{', start)
      ? source.indexOf('}}', start) + 2
      : last;
    const edit = printList(source, start, end, columns);
    return [{ ...edit, owner: read.start }];
  });
}

/** On one line if it fits, else one column per line. */
function printList(
  source: string,
  start: number,
  end: number,
  columns: string[],
): { start: number; end: number; text: string } {
  const lineStart = source.lastIndexOf('\n', start - 1) + 1;
  const before = source.slice(lineStart, start);
  const text = columns.join(', ');
  if (before.length + text.length <= LINE_WIDTH) {
    return { start, end, text };
  }
  const newline = source.includes('\r\n') ? '\r\n' : '\n';
  const indent = before.match(/^[ \t]*/)?.[0] ?? '';
  if (indent === before) {
    return { start, end, text: columns.join(`,${newline}${indent}`) };
  }
  // The blanks around the star go, so that no line ends with one.
  const lead = before.match(/[ \t]*$/)?.[0].length ?? 0;
  const tail = source.slice(end).match(/^[ \t]+(?=[^\s,])/)?.[0].length;
  const lines = columns.map(column => `${newline}${indent}    ${column}`);
  return {
    start: start - lead,
    end: end + (tail ?? 0),
    text: lines.join(',') + (tail ? newline + indent : ''),
  };
}
