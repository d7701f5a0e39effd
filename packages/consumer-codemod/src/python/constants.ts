import { Edit } from '../patch/Edit';
import { Evaluator } from './Evaluator';
import { HolePiece, Piece, printTemplate } from './Template';

function width(piece: Piece): number {
  return piece.kind === 'text'
    ? piece.text.length
    : (piece.value ?? '{}').length;
}

/** Edits that make what a hole prints another text; nothing if that takes more than literals. */
export function changeHole(
  evaluator: Evaluator,
  { node }: HolePiece,
  value: string,
  replacement: string,
): Edit[] | undefined {
  const template = node && evaluator.evaluate(node);
  return template && printTemplate(template) === value
    ? changePieces(evaluator, template.pieces, value, replacement)
    : undefined;
}

/** Edits that turn the value of these pieces, whole names at a time. */
export function changePieces(
  evaluator: Evaluator,
  pieces: readonly Piece[],
  value: string,
  replacement: string,
): Edit[] | undefined {
  if (value === replacement) {
    return [];
  }
  const old = value.split('.');
  const next = replacement.split('.');
  if (old.length !== next.length) {
    const [only] = pieces;
    return pieces.length === 1 && only.kind === 'text'
      ? editText(only, 0, only.text.length, replacement)
      : undefined;
  }
  const edits: Edit[] = [];
  let at = 0;
  for (const [index, part] of old.entries()) {
    const start = at;
    at += part.length + 1;
    if (part === next[index]) {
      continue;
    }
    const change = changeRange(
      evaluator,
      pieces,
      start,
      start + part.length,
      next[index],
    );
    if (!change) {
      return undefined;
    }
    edits.push(...change);
  }
  return edits;
}

function changeRange(
  evaluator: Evaluator,
  pieces: readonly Piece[],
  start: number,
  end: number,
  text: string,
): Edit[] | undefined {
  let at = 0;
  for (const piece of pieces) {
    const from = start - at;
    const to = end - at;
    at += width(piece);
    if (from < 0 || to > width(piece)) {
      continue;
    }
    if (piece.kind === 'text') {
      return editText(piece, from, to, text);
    }
    return piece.value !== undefined && from === 0 && to === width(piece)
      ? changeHole(evaluator, piece, piece.value, text)
      : undefined;
  }
  return undefined;
}

function editText(
  piece: Extract<Piece, { kind: 'text' }>,
  from: number,
  to: number,
  text: string,
): Edit[] | undefined {
  const written = piece.literal.encode(text);
  const start = piece.starts[from];
  const end = piece.ends[to - 1];
  const joined = piece.starts
    .slice(from + 1, to)
    .every((offset, i) => offset === piece.ends[from + i]);
  return written !== undefined && joined && end !== undefined
    ? [{ start, end, text: written, owner: start }]
    : undefined;
}
