import { VirtualSql } from '../embedded/VirtualSql';
import { encodeText } from './ScalaLiteral';

const MARK = /\{\{ (?:hole|new)_(\d+) \}\}/;
/** Longer queries get a line for each clause. */
const MAX_LINE = 90;

/** Prints a query as a string literal; nothing if no kind of quotes can hold it. */
export function printQuery(
  query: string,
  virtual: VirtualSql,
  options: { indent: string; interpolate: boolean },
): string | undefined {
  const pieces = query.split(MARK);
  const interpolated = pieces.length > 1;
  if (interpolated && !options.interpolate) {
    return undefined;
  }
  const triple = query.length > MAX_LINE || /["\\\n]/.test(query);
  const { indent } = options;
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
    const plain = triple ? breakLines(piece, `${indent}  `) : piece;
    const encoded = encodeText(plain, style);
    if (encoded === undefined) {
      return undefined;
    }
    text += encoded;
  }
  const quotes = triple ? '"""' : '"';
  const inner = triple ? `\n${indent}  ${text}\n${indent}` : text;
  return style.interpolator + quotes + inner + quotes;
}

/** Begins a line at each clause of a plain query; lines of its own are moved in. */
function breakLines(text: string, indent: string): string {
  const moved = text.replace(/\n/g, `\n${indent}`);
  return /[('"]SELECT\b/.test(text)
    ? moved
    : moved.replace(/(\S) (FROM|WHERE) /g, `$1\n${indent}$2 `);
}
