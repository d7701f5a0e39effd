import { ConfigString } from './ConfigString';
import { doubleQuoted, escapedParts } from './quotedText';

const STRING = /"((?:\\.|[^"\\])*)"/g;

/**
 * The strings of a JSON file, by their quotes alone: what nests is of no interest,
 * and neither depth nor size can stop the reader.
 */
export function readJson(text: string): ConfigString[] {
  let key = '';
  return [...text.matchAll(STRING)].flatMap((found): ConfigString[] => {
    const start = found.index;
    const end = start + found[0].length;
    const literal = {
      start: start + 1,
      end: end - 1,
      encode: doubleQuoted,
    };
    const isKey = /^\s*:/.test(text.slice(end, end + 50));
    if (isKey) {
      key = found[1];
    }
    const parts = escapedParts(text, literal.start, literal.end, literal);
    const value = (parts ?? [])
      .map(part => (part.kind === 'text' ? part.text : ''))
      .join('');
    return [
      {
        // Of a list's entries the key is the list's.
        keys: isKey ? [] : [key],
        value: parts ? value : found[1],
        start,
        end,
        ...(!isKey && parts && { sql: { start, end, parts } }),
      },
    ];
  });
}
