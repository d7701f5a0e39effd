import {
  EmbeddedHole,
  EmbeddedSql,
  HostLiteral,
} from '../embedded/EmbeddedSql';
import { CodeNode } from '../treeSitter/CodeParser';

/** Characters of a literal; `starts` and `ends` say where each of them is written. */
export interface TextPiece {
  kind: 'text';
  text: string;
  starts: number[];
  ends: number[];
  literal: HostLiteral;
}

/** A value put in at run time; `start` and `end` are where it is put in. */
export interface HolePiece {
  kind: 'hole';
  start: number;
  end: number;
  literal?: HostLiteral;
  /** What is put in, if it is an expression of the file. */
  node?: CodeNode;
  /** Its text, where the file proves it. */
  value?: string;
}

export type Piece = TextPiece | HolePiece;

/** What a string expression evaluates to. */
export interface Template {
  /** The expression. */
  node: CodeNode;
  pieces: Piece[];
}

/** The text between two offsets of a piece. */
export function slicePiece(
  piece: TextPiece,
  start: number,
  end: number,
): TextPiece {
  return {
    ...piece,
    text: piece.text.slice(start, end),
    starts: piece.starts.slice(start, end),
    ends: piece.ends.slice(start, end),
  };
}

/** The text, with values where they are known and `{}` where they are not. */
export function printTemplate({ pieces }: Template): string {
  return pieces
    .map(piece => (piece.kind === 'text' ? piece.text : piece.value ?? '{}'))
    .join('');
}

/** The same for the rewriter of embedded SQL. */
export function toEmbedded({ node, pieces }: Template): EmbeddedSql {
  const parts: EmbeddedSql['parts'] = [];
  for (const piece of pieces) {
    if (piece.kind === 'hole') {
      const { start, end, literal, value } = piece;
      const hole: EmbeddedHole = {
        kind: 'hole',
        start,
        end,
        ...(literal && { literal }),
        ...(value !== undefined && { value }),
      };
      parts.push(hole);
    } else {
      parts.push(...plainRuns(piece));
    }
  }
  return { start: node.start, end: node.end, parts };
}

/** Cuts a piece where an escape stands or a literal's characters are not side by side. */
function plainRuns(piece: TextPiece): EmbeddedSql['parts'] {
  const { text, starts, ends, literal } = piece;
  const parts: EmbeddedSql['parts'] = [];
  let first = 0;
  const single = (i: number) => ends[i] - starts[i] === 1;
  for (let i = 1; i <= text.length; i++) {
    const joined =
      i < text.length && single(i) && single(i - 1)
        ? starts[i] === ends[i - 1]
        : // Both halves of one escaped character outside of the basic plane.
          i < text.length && starts[i] === starts[i - 1];
    if (!joined) {
      parts.push({
        kind: 'text',
        text: text.slice(first, i),
        start: starts[first],
        end: ends[i - 1],
        literal,
      });
      first = i;
    }
  }
  return parts;
}
