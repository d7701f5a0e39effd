import { EmbeddedPart, HostLiteral } from '../embedded/EmbeddedSql';
import { EscapedText } from '../embedded/EscapedText';
import { LiteralStyle } from './ScalaLiteral';

const ESCAPES: Record<string, string> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
};

/** What the source of a literal means; nothing if it has an escape that is not known. */
export function readText(
  source: string,
  start: number,
  end: number,
  literal: HostLiteral,
  style: LiteralStyle,
): EmbeddedPart[] | undefined {
  const { interpolator, triple } = style;
  const escapes =
    interpolator === 's' || interpolator === 'f' || (!interpolator && !triple);
  const parts = new EscapedText(source, start, literal);
  for (let i = start; i < end; ) {
    const two = source.slice(i, i + 2);
    let meaning: string | undefined;
    let length = 2;
    if (source[i] === '\\' && escapes) {
      const unicode = source.slice(i, end).match(/^\\u+([0-9a-fA-F]{4})/);
      length = unicode ? unicode[0].length : 2;
      meaning = unicode
        ? String.fromCharCode(parseInt(unicode[1], 16))
        : ESCAPES[source[i + 1]] ?? source[i + 1];
      if (!unicode && !/[ntrbf"'\\]/.test(source[i + 1])) {
        return undefined;
      }
    } else if (source[i] === '\\' && source[i + 1] === 'u') {
      return undefined;
    } else if (interpolator && two === '$$') {
      meaning = '$';
    } else if ((interpolator === 'f' || style.formatted) && two === '%%') {
      meaning = '%';
    } else if ((interpolator === 'f' || style.formatted) && two === '%n') {
      meaning = '\n';
    }
    if (meaning === undefined) {
      i++;
      continue;
    }
    parts.escape(i, i + length, meaning);
    i += length;
  }
  return parts.finish(end);
}

/** Leaves out what `.stripMargin` removes: the space and the bar at the start of each line. */
export function stripMargin(parts: readonly EmbeddedPart[]): EmbeddedPart[] {
  const result: EmbeddedPart[] = [];
  let lineStart = true;
  for (const [index, part] of parts.entries()) {
    if (part.kind === 'hole' || part.text.length !== part.end - part.start) {
      lineStart = part.kind === 'text' && part.text === '\n';
      result.push(part);
      continue;
    }
    const pattern = /[^\n]*\n?/y;
    let position = 0;
    while (position < part.text.length) {
      pattern.lastIndex = position;
      const line = pattern.exec(part.text)?.[0] ?? '';
      const atStart = position === 0 ? lineStart && index >= 0 : true;
      const margin = atStart ? line.match(/^[ \t]*\|/)?.[0].length ?? 0 : 0;
      const start = part.start + position + margin;
      const end = part.start + position + line.length;
      if (end > start) {
        result.push({ ...part, text: line.slice(margin), start, end });
      }
      position += line.length;
    }
    lineStart = part.text.endsWith('\n');
  }
  return result;
}
