import { VirtualSql } from '../embedded/VirtualSql';
import { encodeText } from './ScalaLiteral';

const MARK = /\{\{ (?:hole|new)_(\d+) \}\}/;
/** Longer queries get a line for each clause. */
const MAX_LINE = 90;

/**
 * Prints a query as a string literal; nothing if no kind of quotes can hold it.
 * `text` is what the literal must be read as; absent if it has holes.
 */
export function printQuery(
  query: string,
  virtual: VirtualSql,
  options: { indent: string; interpolate: boolean },
): { literal: string; text?: string } | undefined {
  const interpolated = MARK.test(query);
  if (interpolated && !options.interpolate) {
    return undefined;
  }
  const triple = query.length > MAX_LINE || /["\\\n]/.test(query);
  const { indent } = options;
  const laid = triple
    ? `\n${indent}  ${breakLines(query, `${indent}  `)}\n${indent}`
    : query;
  const pieces = laid.split(MARK);
  const style = {
    triple,
    interpolator: interpolated ? 's' : '',
    margin: false,
    formatted: false,
  };
  let text = '';
  for (const [index, piece] of pieces.entries()) {
    if (index % 2 === 1) {
      const origin = virtual.holes[Number(piece)]?.origin;
      if (!origin) {
        return undefined;
      }
      const source = virtual.file.slice(origin.start, origin.end);
      if (source.includes('"')) {
        return undefined;
      }
      text += `\${${source.replace(/^\{(.*)\}$/s, '$1').trim()}}`;
      continue;
    }
    const encoded = encodeText(piece, style);
    if (encoded === undefined) {
      return undefined;
    }
    text += encoded;
  }
  const quotes = triple ? '"""' : '"';
  return {
    literal: style.interpolator + quotes + text + quotes,
    ...(!interpolated && { text: laid }),
  };
}

const QUOTED = /('(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")/;

/** Begins a line at each clause of a plain query; lines of its own are moved in. */
function breakLines(text: string, indent: string): string {
  const plain = !/\(\s*SELECT\b/.test(text);
  return text
    .split(QUOTED)
    .map((part, index) => {
      if (index % 2 === 1) {
        return part;
      }
      const moved = part.replace(/\n/g, `\n${indent}`);
      return plain
        ? moved.replace(/(?<=\S|^) (FROM|WHERE) /g, `\n${indent}$1 `)
        : moved;
    })
    .join('');
}
