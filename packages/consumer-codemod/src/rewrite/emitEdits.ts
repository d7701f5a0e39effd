import { Edit } from '../patch/Edit';
import { FieldUse, OldRead } from '../resolve/Reads';
import { Select } from '../resolve/QueryTree';
import { tokenAt } from '../resolve/resolveColumn';
import { Tokens } from '../resolve/Tokens';
import { Decision } from './decide';
import { hasTopLevelOr, printExpression } from './Expression';
import { printColumn, printDerivedTable, View, ViewField } from './View';

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
      continue;
    }
    edits.push({
      start: read.start,
      end: read.end,
      text: read.replacement,
      owner: read.start,
    });
    for (const use of read.uses) {
      const edit = useEdit(context, read, use);
      if (edit) {
        edits.push(edit);
      }
    }
    for (const item of read.stars) {
      edits.push(starEdit(context, read, item));
    }
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
  { view }: EmitContext,
  read: OldRead,
  fields: readonly string[],
): Edit {
  const table = printDerivedTable(view, read.replacement, fields);
  const needsName =
    !read.item.alias &&
    (read.relationCount > 1 ||
      !read.select ||
      read.stars.some(({ star }) => star?.qualifier) ||
      read.uses.some(use => use.qualified));
  const alias = needsName ? ` AS ${quoteName(read.implicitOld)}` : '';
  return {
    start: read.start,
    end: read.end,
    text: table + alias,
    owner: read.start,
  };
}

function quoteName(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : `\`${name}\``;
}

/** What new names are qualified with: only where something else could capture them. */
function qualifierOf(read: OldRead, use?: FieldUse): string | undefined {
  if (use?.qualified) {
    return read.item.alias ? use.column.qualifier : quoteName(read.implicitNew);
  }
  return read.relationCount > 1 || use?.correlated
    ? quoteName(read.item.alias ?? read.implicitNew)
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
      use.qualified && !read.item.alias
        ? `${quoteName(read.implicitNew)}.${source.slice(
            column.nameStart,
            end,
          )}`
        : written;
    return replaced === written
      ? undefined
      : { start, end, text: replaced, owner };
  }
  if (expression.column && (!use.qualified || read.item.alias)) {
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

function starEdit(
  { tokens, view }: EmitContext,
  read: OldRead,
  item: OldRead['stars'][number],
): Edit {
  const except = new Set(item.star?.except.map(name => name.toLowerCase()));
  const starQualifier = item.star?.qualifier;
  const qualifier =
    starQualifier && !read.item.alias
      ? quoteName(read.implicitNew)
      : starQualifier;
  const columns = [...view.fields.entries()]
    .filter(([name]) => !except.has(name))
    .map(([, field]: [string, ViewField]) => printColumn(field, qualifier));
  return {
    start: tokens.list[item.start].start,
    end: tokens.list[item.end - 1].end,
    text: columns.join(', '),
    owner: read.start,
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
    const text = ` ${and} ${conditions.join(` ${and} `)}`;
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

/** A macro that stands for a condition may print an `OR`. */
function hasMacroOperand(tokens: Tokens, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    if (tokens.isOpening(i)) {
      i = tokens.after(i) - 1;
    } else if (
      /^_j\d+_+$/.test(tokens.list[i].text) &&
      (i === start || /^(AND|OR|NOT)$/.test(tokens.word(i - 1)))
    ) {
      return true;
    }
  }
  return false;
}
