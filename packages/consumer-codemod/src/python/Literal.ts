import { HostLiteral } from '../embedded/EmbeddedSql';
import { CodeNode } from '../treeSitter/CodeParser';
import { fieldOf, PyTree } from './PyTree';
import { Piece, TextPiece } from './Template';

/** How a string literal is written. */
export interface Literal {
  node: CodeNode;
  raw: boolean;
  formatted: boolean;
  /** True for bytes and template strings, which are not `str`. */
  other: boolean;
  /** `"`, `'`, `"""` or `'''`. */
  quote: string;
  start: number;
  end: number;
}

const SIMPLE: Record<string, string> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
};

/** The character of an escape sequence, or nothing if it is not known. */
function unescape(sequence: string): string | undefined {
  const rest = sequence.slice(1);
  if (/^\r?\n$/.test(rest)) {
    return '';
  }
  if (/^[0-7]{1,3}$/.test(rest)) {
    return String.fromCharCode(parseInt(rest, 8));
  }
  if (/^(x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8})$/i.test(rest)) {
    const code = parseInt(rest.slice(1), 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
  }
  return SIMPLE[rest];
}

export function literalOf(tree: PyTree, node: CodeNode): Literal | undefined {
  const start = node.children.find(child => child.type === 'string_start');
  const end = node.children.find(child => child.type === 'string_end');
  if (!start || !end) {
    return undefined;
  }
  const written = tree.textOf(start);
  const prefix = (/^[a-z]*/i.exec(written)?.[0] ?? '').toLowerCase();
  return {
    node,
    raw: prefix.includes('r'),
    formatted: prefix.includes('f'),
    other: prefix.includes('b') || prefix.includes('t'),
    quote: written.slice(prefix.length),
    start: start.end,
    end: end.start,
  };
}

/** Writes characters as they have to stand in a literal; nothing if they cannot. */
export function writeInLiteral(
  { raw, formatted, quote }: Pick<Literal, 'raw' | 'formatted' | 'quote'>,
  text: string,
): string | undefined {
  const long = quote.length === 3;
  const mark = quote[0];
  const braces = formatted ? text.replace(/[{}]/g, '$&$&') : text;
  if (raw) {
    const fits = !braces.includes(mark) && (long || !/[\r\n]/.test(braces));
    return fits && !braces.includes('\\') ? braces : undefined;
  }
  const written = braces
    .replace(/\\/g, '\\\\')
    .split(mark)
    .join(long ? mark : `\\${mark}`);
  if (long) {
    // One mark stands for itself unless it meets others of its kind.
    return written.includes(mark)
      ? written.split(mark).join(`\\${mark}`)
      : written;
  }
  return written.replace(/\r/g, '\\r').replace(/\n/g, '\\n');
}

/** The text and holes of a literal, in order; nothing if an escape is not known. */
export function readLiteral(
  tree: PyTree,
  literal: Literal,
): Piece[] | undefined {
  const source = tree.text.slice(literal.start, literal.end);
  const long = literal.quote.length === 3 || /\\n/.test(source);
  const host: HostLiteral = {
    start: literal.start,
    end: literal.end,
    // A literal that is one line of SQL stays one.
    encode: text =>
      writeInLiteral(literal, long ? text : text.replace(/\s*\n\s*/g, ' ')),
  };
  const pieces: Piece[] = [];
  let current: TextPiece = emptyPiece(host);
  const add = (characters: string, start: number, end: number) => {
    const apart = characters.length === end - start;
    for (let i = 0; i < characters.length; i++) {
      current.starts.push(apart ? start + i : start);
      current.ends.push(apart ? start + i + 1 : end);
    }
    current.text += characters;
  };
  for (const child of literal.node.children) {
    if (child.type === 'interpolation') {
      const changed = child.children.some(part =>
        /^(type_conversion|format_specifier|=)$/.test(part.type),
      );
      const node = changed ? undefined : fieldOf(child, 'expression');
      pieces.push(current, {
        kind: 'hole',
        start: child.start,
        end: child.end,
        literal: host,
        ...(node && { node }),
      });
      current = emptyPiece(host);
    } else if (child.type === 'string_content') {
      let position = child.start;
      for (const special of child.children) {
        add(tree.text.slice(position, special.start), position, special.start);
        const written = tree.textOf(special);
        if (special.type === 'escape_interpolation') {
          add(written[0], special.start, special.end);
        } else if (special.type === 'escape_sequence' && !literal.raw) {
          const characters = unescape(written);
          if (characters === undefined) {
            return undefined;
          }
          add(characters, special.start, special.end);
        } else {
          add(written, special.start, special.end);
        }
        position = special.end;
      }
      add(tree.text.slice(position, child.end), position, child.end);
    }
  }
  pieces.push(current);
  return pieces;
}

function emptyPiece(literal: HostLiteral): TextPiece {
  return { kind: 'text', text: '', starts: [], ends: [], literal };
}
