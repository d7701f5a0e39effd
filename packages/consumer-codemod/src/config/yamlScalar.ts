import { Scalar } from 'yaml';
import { EmbeddedPart, EmbeddedSql } from '../embedded/EmbeddedSql';
import { doubleQuoted, escapedParts } from './quotedText';

type Encode = (text: string) => string | undefined;

/** Reads a scalar with the place of each of its characters; nothing if they cannot be told. */
export function readScalar(
  text: string,
  node: Scalar,
): EmbeddedSql | undefined {
  const [start, end] = node.range ?? [0, 0];
  const value = node.value;
  if (typeof value !== 'string') {
    return undefined;
  }
  const parts = partsOf(text, node, start, end);
  if (!parts) {
    return undefined;
  }
  const read = parts
    .map(part => (part.kind === 'text' ? part.text : ''))
    .join('');
  const same =
    read === value ||
    (isBlock(node) && read.replace(/\s+$/, '') === value.replace(/\s+$/, ''));
  return same ? { start, end, parts } : undefined;
}

function isBlock({ type }: Scalar): boolean {
  return type === 'BLOCK_LITERAL' || type === 'BLOCK_FOLDED';
}

function partsOf(
  text: string,
  node: Scalar,
  start: number,
  end: number,
): EmbeddedPart[] | undefined {
  switch (node.type) {
    case 'BLOCK_LITERAL':
    case 'BLOCK_FOLDED':
      return blockParts(text, start, end, node.type === 'BLOCK_FOLDED');
    case 'QUOTE_DOUBLE':
      return foldedParts(text, start + 1, end - 1, doubleQuoted, true);
    case 'QUOTE_SINGLE':
      return foldedParts(
        text,
        start + 1,
        end - 1,
        plain => (/[\r\n]/.test(plain) ? undefined : plain.replace(/'/g, "''")),
        false,
      );
    case 'PLAIN':
      return foldedParts(
        text,
        start,
        end,
        // What makes a plain scalar something else is seen when the file is read again.
        plain => (/[\r\n]| #|: /.test(plain) ? undefined : plain),
        false,
      );
    default:
      return undefined;
  }
}

function blockParts(
  text: string,
  start: number,
  end: number,
  folded: boolean,
): EmbeddedPart[] | undefined {
  const bodyStart = text.indexOf('\n', start) + 1;
  if (bodyStart === 0 || bodyStart > end) {
    return undefined;
  }
  const header = text.slice(start, bodyStart);
  const body = text.slice(bodyStart, end);
  const indent = /^[|>][+-]?\d|^[|>]\d/.test(header)
    ? undefined
    : body.match(/^(?:[ \t]*\r?\n)*( +)\S/)?.[1];
  if (indent === undefined) {
    return undefined;
  }
  const encode: Encode = plain =>
    folded && plain.includes('\n')
      ? undefined
      : plain.replace(/\r?\n/g, newline => newline + indent);
  const literal = { start: bodyStart, end, encode };
  const parts: EmbeddedPart[] = [];
  let position = bodyStart;
  const lines = body.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  for (const [index, line] of lines.entries()) {
    const content = line.replace(/\r?\n$/, '');
    const lead = content.startsWith(indent)
      ? indent.length
      : content.length - content.trimStart().length;
    const from = position + lead;
    const to = position + content.length;
    if (to > from) {
      parts.push({
        kind: 'text',
        text: text.slice(from, to),
        start: from,
        end: to,
        literal,
      });
    }
    if (line.length > content.length) {
      const next = lines[index + 1]?.slice(indent.length) ?? '';
      const own = content.slice(indent.length);
      const joins =
        folded &&
        /^\S/.test(own) &&
        /^\S/.test(next) &&
        index < lines.length - 1;
      if (
        folded &&
        !joins &&
        /^\S/.test(own) &&
        next.trim() === '' &&
        index < lines.length - 1
      ) {
        // Blank lines in folded text have rules of their own.
        return undefined;
      }
      parts.push({
        kind: 'text',
        text: joins ? ' ' : '\n',
        start: to,
        end: position + line.length,
        literal,
      });
    }
    position += line.length;
  }
  return parts;
}

/** Text in which a line break and the space around it count as one space, blank lines as line breaks. */
function foldedParts(
  text: string,
  start: number,
  end: number,
  encode: Encode,
  escapes: boolean,
): EmbeddedPart[] | undefined {
  const literal = { start, end, encode };
  const parts: EmbeddedPart[] = [];
  const body = text.slice(start, end);
  let position = 0;
  const gaps = escapes
    ? /\\\r?\n[ \t]*|[ \t]*\r?\n(?:[ \t]*\r?\n)*[ \t]*/g
    : /[ \t]*\r?\n(?:[ \t]*\r?\n)*[ \t]*/g;
  for (const gap of body.matchAll(gaps)) {
    parts.push(...segment(text, start + position, start + gap.index));
    position = gap.index + gap[0].length;
    if (!gap[0].startsWith('\\')) {
      const lines = gap[0].split('\n').length - 1;
      parts.push({
        kind: 'text',
        text: lines === 1 ? ' ' : '\n'.repeat(lines - 1),
        start: start + gap.index,
        end: start + position,
        literal,
      });
    }
  }
  parts.push(...segment(text, start + position, end));
  return parts;

  function segment(source: string, from: number, to: number): EmbeddedPart[] {
    if (escapes) {
      return escapedParts(source, from, to, literal) ?? [];
    }
    const pieces: EmbeddedPart[] = [];
    let at = from;
    const quoted = source[start - 1] === "'";
    const add = (until: number) => {
      if (until > at) {
        pieces.push({
          kind: 'text',
          text: source.slice(at, until),
          start: at,
          end: until,
          literal,
        });
      }
    };
    for (const pair of quoted ? source.slice(from, to).matchAll(/''/g) : []) {
      add(from + pair.index);
      at = from + pair.index + 2;
      pieces.push({ kind: 'text', text: "'", start: at - 2, end: at, literal });
    }
    add(to);
    return pieces;
  }
}
