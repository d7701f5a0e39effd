import {
  applyMarks,
  BRACES,
  DOLLARS,
  FormatMark,
  PERCENTS,
} from './formatMarks';
import { PythonFile } from './PythonFile';
import { HolePiece, Piece, slicePiece, Template, TextPiece } from './Template';

/** A template such as `{{ params.project }}` in front of the table is the project, too. */
export function withProjects(
  { guess }: PythonFile,
  template: Template,
): Template {
  const own = withPlaceholders(template.pieces);
  const pieces = own.flatMap((piece): Piece[] => {
    if (piece.kind === 'hole') {
      return [piece];
    }
    const parts: Piece[] = [];
    let last = 0;
    for (const found of piece.text.matchAll(/\{\{[^{}]*\}\}/g)) {
      const end = found.index + found[0].length;
      parts.push(slicePiece(piece, last, found.index), {
        kind: 'hole',
        start: piece.starts[found.index],
        end: piece.ends[end - 1],
        literal: piece.literal,
      });
      last = end;
    }
    return [...parts, slicePiece(piece, last, piece.text.length)];
  });
  const filled = pieces.map((piece, index): Piece => {
    if (piece.kind === 'text' || piece.value) {
      return piece;
    }
    const value = guess(pieces, index);
    return value === undefined ? piece : { ...piece, value };
  });
  // Other templates stay text: the rewriter of SQL knows them.
  return filled.some((piece, n) => piece !== pieces[n])
    ? { ...template, pieces: mergeTemplates(filled, own) }
    : { ...template, pieces: [...own] };
}

/** Marks of a string that something else formats later: a driver, a client of its own. */
function withPlaceholders(pieces: readonly Piece[]): readonly Piece[] {
  const text = pieces
    .map(piece => (piece.kind === 'text' ? piece.text : ''))
    .join('');
  const hole = (_: FormatMark, at: Omit<HolePiece, 'kind'>): Piece[] => [
    { kind: 'hole', ...at },
  ];
  if (/%s|%\(\w+\)s/.test(text)) {
    return applyMarks(pieces, PERCENTS, hole) ?? pieces;
  }
  if (/\$[A-Za-z_]/.test(text)) {
    return applyMarks(pieces, DOLLARS, hole) ?? pieces;
  }
  return /\{\w*\}/.test(text) && !/\{[{%#]|\$\{/.test(text)
    ? applyMarks(pieces, BRACES, hole) ?? pieces
    : pieces;
}

/** Puts the text of templates back whose value is not known. */
function mergeTemplates(
  filled: readonly Piece[],
  original: readonly Piece[],
): Piece[] {
  return filled.flatMap((piece): Piece[] => {
    if (piece.kind === 'text' || piece.value !== undefined) {
      return [piece];
    }
    const source = original.find(
      (entry): entry is TextPiece =>
        entry.kind === 'text' && entry.starts.includes(piece.start),
    );
    if (!source) {
      return [piece];
    }
    const from = source.starts.indexOf(piece.start);
    return [slicePiece(source, from, source.ends.lastIndexOf(piece.end) + 1)];
  });
}
