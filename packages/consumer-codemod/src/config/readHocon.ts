import { ConfigString } from './ConfigString';
import { doubleQuoted, escapedParts } from './quotedText';

const TOKEN =
  /"""([^]*?)"""(?!")|"((?:\\.|[^"\\\n])*)"|(?:#|\/\/)[^\n]*|[^\s"#/{}[\],=:]+|\/|[{}[\],=:]|\n/g;

/**
 * The quoted strings of a HOCON file. One that is joined with something else has no
 * `sql`, because its text is only a part of the value.
 */
export function readHocon(text: string): ConfigString[] | undefined {
  const tokens = [...text.matchAll(TOKEN)].filter(
    token => !/^(#|\/\/)/.test(token[0]),
  );
  return tokens.flatMap((token, index): ConfigString[] => {
    const [all, raw, quoted] = token;
    const value = raw ?? quoted;
    if (value === undefined) {
      return [];
    }
    const start = token.index;
    const end = start + all.length;
    const before = tokens[index - 1]?.[0] ?? '\n';
    const after = tokens[index + 1]?.[0] ?? '\n';
    const alone = /^[=:,[{\n]$/.test(before) && /^[,\]}\n]$/.test(after);
    const isKey = /^[=:{]$/.test(after) && !/^[=:]$/.test(before);
    const key = /^[=:]$/.test(before) ? tokens[index - 2]?.[0] : undefined;
    const marks = raw === undefined ? 1 : 3;
    const literal = {
      start: start + marks,
      end: end - marks,
      encode: raw === undefined ? doubleQuoted : tripleQuoted,
    };
    const parts =
      raw === undefined
        ? escapedParts(text, literal.start, literal.end, literal)
        : [
            {
              kind: 'text' as const,
              text: raw,
              start: literal.start,
              end: literal.end,
              literal,
            },
          ];
    const meaning = (parts ?? [])
      .map(part => (part.kind === 'text' ? part.text : ''))
      .join('');
    return [
      {
        keys: key === undefined ? [] : [key.replace(/"/g, '')],
        value: meaning,
        start,
        end,
        ...(alone && !isKey && parts && { sql: { start, end, parts } }),
      },
    ];
  });
}

function tripleQuoted(text: string): string | undefined {
  return text.includes('"""') ? undefined : text;
}
