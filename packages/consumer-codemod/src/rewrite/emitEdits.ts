import { Edit } from '../patch/Edit';
import { FieldUse, OldRead } from '../resolve/Reads';
import { Clause, Select } from '../resolve/QueryTree';
import { isPlaceholder } from '../resolve/placeholder';
import { tokenAt } from '../resolve/resolveColumn';
import { Tokens } from '../resolve/Tokens';
import { Decision } from './decide';
import { hasTopLevelOr, printExpression } from './Expression';
import { quoteColumn } from './quoteColumn';
import { printColumn, printDerivedTable, View } from './View';

interface EmitContext {
  tokens: Tokens;
  source: string;
  view: View;
}

/** The edits that make the reads of one masked variant read the new dataset. */
export function emitEdits(
  context: EmitContext,
  reads: readonly OldRead[],
  decisions: ReadonlyMap<number, Decision>,
): Edit[] {
  const edits: Edit[] = [];
  const filters = new Map<Select, OldRead[]>();
  for (const read of reads) {
    const decision = decisions.get(read.start);
    if (!decision || decision.derived) {
      edits.push(derivedEdit(context, read, decision?.fields ?? []));
      if (decision) {
        edits.push(...starEdits(context, read, decision));
      }
      continue;
    }
    const given = givenName(read);
    edits.push({
      start: read.start,
      end: read.end,
      text:
        read.replacement + (given ? ` ${asWord(context, read)} ${given}` : ''),
      owner: read.start,
    });
    for (const use of read.uses) {
      const edit = useEdit(context, read, use);
      if (edit) {
        edits.push(edit);
      }
    }
    edits.push(...starEdits(context, read, decision));
    for (const { column, qualifier } of read.captures) {
      edits.push({
        start: column.nameStart,
        end: column.nameEnd,
        text: `${qualifier}.${context.source.slice(
          column.nameStart,
          column.nameEnd,
        )}`,
        owner: read.start,
      });
    }
    if (context.view.where && read.select) {
      filters.set(read.select, [...(filters.get(read.select) ?? []), read]);
    }
  }
  for (const [select, filtered] of filters) {
    edits.push(...filterEdits(context, select, filtered));
  }
  return edits;
}

function derivedEdit(
  { view, source }: EmitContext,
  read: OldRead,
  fields: readonly string[],
): Edit {
  const alias =
    !read.item.alias && (needsName(read) || !read.select)
      ? ` AS ${quoteName(read.implicitOld)}`
      : '';
  const lineStart = source.lastIndexOf('\n', read.start - 1) + 1;
  const before = source.slice(lineStart, read.start);
  const text = printDerivedTable(view, read.replacement, fields);
  const newline = source.includes('\r\n') ? '\r\n' : '\n';
  const long =
    before.length + text.length > LINE_WIDTH && source.includes('\n');
  const line = newline + (before.match(/^[ \t]*/)?.[0] ?? '');
  return {
    start: read.start,
    end: read.end,
    text:
      (long ? printDerivedTable(view, read.replacement, fields, line) : text) +
      alias,
    owner: read.start,
  };
}

/** Something in the query says whose column it means. */
function needsName(read: OldRead): boolean {
  return (
    read.relationCount > 1 ||
    read.stars.some(({ item }) => item.star?.qualifier) ||
    read.uses.some(use => use.qualified || use.correlated)
  );
}

/**
 * A dbt reference without alias is known by the name of its table, which the new one
 * may have otherwise than its model: it is given the old name.
 */
function givenName(read: OldRead): string | undefined {
  return !read.item.alias &&
    /^\{\{[^}]*\b(ref|source)\s*\(/.test(read.replacement) &&
    needsName(read)
    ? quoteName(read.implicitOld)
    : undefined;
}

/** How columns of a read that stays a table are qualified; absent for the table's own name. */
function aliasOf(read: OldRead): string | undefined {
  return read.item.alias ?? givenName(read);
}

function asWord({ tokens }: EmitContext, read: OldRead): string {
  const from = read.select?.clauses.find(({ name }) => name === 'from');
  return from && /^[a-z]/.test(tokens.list[from.start].text) ? 'as' : 'AS';
}

function quoteName(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : `\`${name}\``;
}

/** What new names are qualified with: only where something else could capture them. */
function qualifierOf(read: OldRead, use?: FieldUse): string | undefined {
  if (use?.qualified) {
    return aliasOf(read) ? use.column.qualifier : quoteName(read.implicitNew);
  }
  return read.relationCount > 1 || use?.correlated
    ? aliasOf(read) ?? quoteName(read.implicitNew)
    : undefined;
}

function useEdit(
  { tokens, source, view }: EmitContext,
  read: OldRead,
  use: FieldUse,
): Edit | undefined {
  const field = view.fields.get(use.field);
  if (field?.kind !== 'expression') {
    return undefined;
  }
  const { column } = use;
  const start = use.qualified
    ? column.qualifierStart ?? column.nameStart
    : column.nameStart;
  const end = column.nameEnd;
  const written = source.slice(start, end);
  const { expression } = field;
  const same =
    expression.column &&
    expression.text.toLowerCase() === column.name.toLowerCase();
  const suffix =
    use.bareItem || use.structArgument
      ? ` AS ${source.slice(column.nameStart, end)}`
      : '';
  const owner = read.start;
  if (same) {
    const replaced =
      use.qualified && !aliasOf(read)
        ? `${quoteName(read.implicitNew)}.${source.slice(
            column.nameStart,
            end,
          )}`
        : written;
    return replaced === written
      ? undefined
      : { start, end, text: replaced, owner };
  }
  if (expression.column && (!use.qualified || aliasOf(read))) {
    const quote = source[column.nameStart] === '`' ? '`' : '';
    const plain = expression.text.replace(/[`"]/g, '');
    const name = quote ? quote + plain + quote : expression.text;
    // An unqualified name stays so unless another table could have the new one.
    const prefix = use.qualified ? '' : prefixOf(read, use);
    return {
      start: column.nameStart,
      end,
      text: prefix + name + suffix,
      owner,
    };
  }
  const text = printExpression(expression, qualifierOf(read, use));
  const first = tokenAt(tokens, start);
  const last = tokenAt(tokens, column.nameStart);
  const closed = expression.atomic || isDelimited(tokens, first, last);
  return { start, end, text: (closed ? text : `(${text})`) + suffix, owner };
}

function prefixOf(read: OldRead, use: FieldUse): string {
  const qualifier = qualifierOf(read, use);
  return qualifier ? `${qualifier}.` : '';
}

/** Nothing on either side can bind to a part of the expression. */
function isDelimited(tokens: Tokens, first: number, last: number): boolean {
  const before = tokens.word(first - 1);
  const after = tokens.word(last + 1);
  return (
    /^(SELECT|DISTINCT|ALL|BY|,|\()$/.test(before) &&
    (after === '' || /^(,|\)|AS|FROM|;)$/.test(after)) &&
    tokens.list[last + 1]?.kind !== 'quoted'
  );
}

/** Longer lists are broken into lines. */
const LINE_WIDTH = 120;

/** Spells stars out with the fields that are read; behind a derived table by their old names. */
function starEdits(
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

/** Adds `rows.where` to a select's `WHERE`, or gives it one. */
function filterEdits(
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
