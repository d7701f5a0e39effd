import { HostLiteral } from '../embedded/EmbeddedSql';
import { HolePiece, Piece, slicePiece, TextPiece } from './Template';

/** One mark of a format string: `{name}` or `%s`. */
export interface FormatMark {
  /** Position or name of the argument; nothing if it is more than that. */
  argument?: string;
  /** False if the value is printed in another form than its own. */
  plain: boolean;
}

interface Marks {
  /** Matches a doubled character, or a mark. */
  pattern: RegExp;
  doubled(found: string): string | undefined;
  read(found: RegExpExecArray, position: number): FormatMark | undefined;
  /** What must not be left when all marks are taken out. */
  stray?: RegExp;
  /** Doubles what would be read as a mark. */
  write(text: string): string;
}

export const BRACES: Marks = {
  stray: /[{}]/,
  pattern: /\{\{|\}\}|\{([^{}!:]*)(![rsa])?(:[^{}]*)?\}/g,
  doubled: found => (found === '{{' || found === '}}' ? found[0] : undefined),
  read: (found, position) => {
    const name = found[1];
    const plain =
      (!found[2] || found[2] === '!s') &&
      (!found[3] || /^:[sd]?$/.test(found[3]));
    if (name === '') {
      return { argument: String(position), plain };
    }
    return /^\w+$/.test(name) ? { argument: name, plain } : { plain };
  },
  write: text => text.replace(/[{}]/g, '$&$&'),
};

export const PERCENTS: Marks = {
  stray: /%/,
  pattern: /%%|%(?:\((\w+)\))?[-#0 +]*[\d*]*(?:\.\d+)?([diouxXeEfFgGcrsa])/g,
  doubled: found => (found === '%%' ? '%' : undefined),
  read: (found, position) => ({
    argument: found[1] ?? String(position),
    plain: /^%(\(\w+\))?[sd]$/.test(found[0]),
  }),
  write: text => text.replace(/%/g, '%%'),
};

/** `string.Template`: `$name`. */
export const DOLLARS: Marks = {
  pattern: /\$\$|\$([A-Za-z_]\w*)/g,
  doubled: found => (found === '$$' ? '$' : undefined),
  read: found => ({ argument: found[1], plain: true }),
  write: text => text.replace(/\$(?=[\w{$])/g, '$$$$'),
};

/** Puts holes where a format string has its marks; nothing if it is no format string. */
export function applyMarks(
  pieces: readonly Piece[],
  marks: Marks,
  holeFor: (mark: FormatMark, at: Omit<HolePiece, 'kind'>) => Piece[],
): Piece[] | undefined {
  const written = new Map<HostLiteral, HostLiteral>();
  const result: Piece[] = [];
  let position = 0;
  for (const piece of pieces) {
    if (piece.kind === 'hole') {
      result.push(piece);
      continue;
    }
    const outer = piece.literal;
    const literal = written.get(outer) ?? {
      ...outer,
      encode: (text: string) => outer.encode(marks.write(text)),
    };
    written.set(outer, literal);
    let last = 0;
    const keep = (start: number, end: number) => {
      const part: TextPiece = { ...slicePiece(piece, start, end), literal };
      if (part.text || start === end) {
        result.push(part);
      }
    };
    // What is left would be an error to the host.
    const rest = piece.text.replace(marks.pattern, '');
    if (marks.stray?.test(rest)) {
      return undefined;
    }
    for (const found of piece.text.matchAll(marks.pattern)) {
      const end = found.index + found[0].length;
      const single = marks.doubled(found[0]);
      keep(last, found.index);
      last = end;
      if (single !== undefined) {
        result.push({
          kind: 'text',
          text: single,
          starts: [piece.starts[found.index]],
          ends: [piece.ends[end - 1]],
          literal,
        });
        continue;
      }
      const mark = marks.read(found as RegExpExecArray, position);
      if (!mark) {
        return undefined;
      }
      position += mark.argument === String(position) ? 1 : 0;
      result.push(
        ...holeFor(mark, {
          start: piece.starts[found.index],
          end: piece.ends[end - 1],
          literal,
        }),
      );
    }
    keep(last, piece.text.length);
  }
  return result;
}
