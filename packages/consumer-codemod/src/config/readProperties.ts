import { EmbeddedPart } from '../embedded/EmbeddedSql';
import { ConfigString } from './ConfigString';

const ENTRY =
  /^[ \t]*(?![#!])((?:\\.|[^\s:=\\])+)[ \t]*[:=]?[ \t]*((?:\\\r?\n[ \t]*|\\.|[^\\\r\n])*)/gm;

/** The values of a `.properties` file. */
export function readProperties(text: string): ConfigString[] {
  return [...text.matchAll(ENTRY)].flatMap((entry): ConfigString[] => {
    const [all, key, written] = entry;
    const start = entry.index + all.length - written.length;
    const end = entry.index + all.length;
    const literal = {
      start,
      end,
      // Older readers take the file for Latin-1.
      encode: (plain: string) =>
        /[^\x20-\x7e\n\t]/.test(plain)
          ? undefined
          : plain
              .replace(/\\/g, '\\\\')
              .replace(/\n/g, '\\n')
              .replace(/\t/g, '\\t'),
    };
    const parts: EmbeddedPart[] = [];
    for (const piece of written.matchAll(
      /(\\\r?\n[ \t]*)|\\u([0-9a-fA-F]{4})|\\(.)|[^\\]+/g,
    )) {
      const [source, joined, unicode, escape] = piece;
      const at = start + piece.index;
      if (joined === undefined) {
        parts.push({
          kind: 'text',
          text: meaningOf(source, unicode, escape),
          start: at,
          end: at + source.length,
          literal,
        });
      }
    }
    const value = parts
      .map(part => (part.kind === 'text' ? part.text : ''))
      .join('');
    return [{ keys: [key], value, start, end, sql: { start, end, parts } }];
  });
}

function meaningOf(
  source: string,
  unicode: string | undefined,
  escape: string | undefined,
): string {
  if (unicode !== undefined) {
    return String.fromCharCode(parseInt(unicode, 16));
  }
  const known: Record<string, string> = { n: '\n', t: '\t', r: '\r', f: '\f' };
  return escape === undefined ? source : known[escape] ?? escape;
}
