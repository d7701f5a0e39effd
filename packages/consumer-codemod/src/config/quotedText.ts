import { EmbeddedPart, HostLiteral } from '../embedded/EmbeddedSql';
import { EscapedText } from '../embedded/EscapedText';

const ESCAPES: Record<string, string> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  '"': '"',
  '/': '/',
  // Only in YAML, where it keeps a space at a line's start.
  ' ': ' ',
  '\\': '\\',
};

/** Writes text between double quotes as JSON does, which YAML and HOCON read as well. */
export function doubleQuoted(text: string): string | undefined {
  return /[^\P{Cc}\t\n\r]/u.test(text)
    ? undefined
    : text
        .replace(/[\\"]/g, mark => `\\${mark}`)
        .replace(/\n/g, '\\n')
        .replace(/\r/g, '\\r')
        .replace(/\t/g, '\\t');
}

/** Text with JSON's escapes; nothing if it has others. */
export function escapedParts(
  source: string,
  start: number,
  end: number,
  literal: HostLiteral,
): EmbeddedPart[] | undefined {
  const parts = new EscapedText(source, start, literal);
  for (let i = start; i < end; ) {
    if (source[i] !== '\\') {
      i++;
      continue;
    }
    const unicode = source.slice(i, end).match(/^\\u([0-9a-fA-F]{4})/);
    const meaning = unicode
      ? String.fromCharCode(parseInt(unicode[1], 16))
      : ESCAPES[source[i + 1]];
    if (meaning === undefined) {
      return undefined;
    }
    const length = unicode ? 6 : 2;
    parts.escape(i, i + length, meaning);
    i += length;
  }
  return parts.finish(end);
}
