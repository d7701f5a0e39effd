import { TextEdit } from './applyEdits';
import { SqlToken } from './polyglot';

const NAME = /^[A-Za-z_]\w*$/;

/** Index of the token that closes the parenthesis at `open`. */
function closing(list: SqlToken[], open: number): number {
  let depth = 0;
  for (let index = open; index < list.length; index++) {
    if (list[index].type === 'L_PAREN') depth++;
    if (list[index].type === 'R_PAREN' && --depth === 0) return index;
  }
  return list.length;
}

/** Items between two tokens, split at commas outside of parentheses. */
function split(list: SqlToken[], from: number, to: number): SqlToken[][] {
  const items: SqlToken[][] = [[]];
  for (let index = from; index < to; index++) {
    if (list[index].type === 'COMMA') items.push([]);
    else if (list[index].type === 'L_PAREN') {
      const end = Math.min(closing(list, index), to - 1);
      items[items.length - 1].push(...list.slice(index, end + 1));
      index = end;
    } else items[items.length - 1].push(list[index]);
  }
  return items;
}

/** The name that BigQuery makes of a value: its alias, its text, or `_5` for 5. */
function valueName([value, ...alias]: SqlToken[]): string | undefined {
  const last = alias[alias.length - 1];
  if (last) return NAME.test(last.text) ? last.text : undefined;
  if (value?.type === 'NUMBER' && /^\d+$/.test(value.text)) {
    return `_${value.text}`;
  }
  return value?.type === 'STRING' && NAME.test(value.text)
    ? value.text
    : undefined;
}

function editsOfPivot(list: SqlToken[], open: number): TextEdit[] {
  const close = closing(list, open);
  const word = (name: string, from: number) =>
    list.findIndex(
      ({ text }, index) =>
        index > from && index < close && text.toUpperCase() === name,
    );
  const start = word('FOR', open);
  const within = start < 0 ? -1 : word('IN', start);
  const values = list[within + 1];
  if (within < 0 || values?.type !== 'L_PAREN') return [];
  const aggregates = split(list, open + 1, start);
  const [aggregate] = aggregates;
  const alias = aggregate[aggregate.length - 1];
  // Several aggregates have names of both, which the values cannot give.
  if (aggregates.length > 1 || !alias) return [];
  const named = alias.type !== 'R_PAREN';
  const edits: TextEdit[] = [];
  if (named) {
    const before = list[start - 2];
    const from = before.text.toUpperCase() === 'AS' ? before : alias;
    edits.push({ start: from.start, end: alias.end, text: '' });
  }
  for (const item of split(list, within + 2, closing(list, within + 1))) {
    const name = valueName(item);
    const [value] = item;
    if (!name || !value) return [];
    edits.push({
      start: value.end,
      end: item[item.length - 1].end,
      text: ` AS ${
        named ? `${alias.text}_${name.replace(/^_(?=\d)/, '')}` : name
      }`,
    });
  }
  return edits;
}

/**
 * BigQuery calls the columns of a PIVOT `total_x`, after the aggregate and the value;
 * DuckDB calls them `x_total`, or `5` where BigQuery says `_5`. Names for all values
 * say the same to both.
 */
export function pivotNameEdits(list: SqlToken[]): TextEdit[] {
  return list.flatMap((token, index) =>
    token.text.toUpperCase() === 'PIVOT' && list[index + 1]?.type === 'L_PAREN'
      ? editsOfPivot(list, index + 1)
      : [],
  );
}
