import { Edit } from '../patch/Edit';
import { Select } from '../resolve/QueryTree';
import { FieldUse, OldRead } from '../resolve/Reads';
import { tokenAt } from '../resolve/tokenAt';
import { Tokens } from '../resolve/Tokens';
import { Decision } from './decide';
import { EmitContext, LINE_WIDTH } from './EmitContext';
import { printExpression } from './Expression';
import { filterEdits } from './filterEdits';
import {
  aliasOf,
  givenName,
  needsName,
  qualifierOf,
  quoteName,
} from './qualifiers';
import { starEdits } from './starEdits';
import { printDerivedTable } from './View';

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

function asWord({ tokens }: EmitContext, read: OldRead): string {
  const from = read.select?.clauses.find(({ name }) => name === 'from');
  return from && /^[a-z]/.test(tokens.list[from.start].text) ? 'as' : 'AS';
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
