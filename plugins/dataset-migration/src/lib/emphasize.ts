import { diffWordsWithSpace } from 'diff';

/** A piece of a line; `changed` where it differs from the line beside it. */
export interface TextPiece {
  text: string;
  changed: boolean;
}

/** Longer lines are shown without emphasis: comparing them would hold up the page. */
const LONGEST_LINE = 1_000;

/** What differs inside a replaced line, for both sides; no emphasis where almost everything differs. */
export function emphasize(
  oldText: string,
  newText: string,
): { old: TextPiece[]; new: TextPiece[] } {
  const plain = {
    old: [{ text: oldText, changed: false }],
    new: [{ text: newText, changed: false }],
  };
  if (oldText.length > LONGEST_LINE || newText.length > LONGEST_LINE) {
    return plain;
  }
  const parts = diffWordsWithSpace(oldText, newText);
  const same = parts
    .filter(part => !part.added && !part.removed)
    .reduce((sum, part) => sum + part.value.trim().length, 0);
  if (same * 5 < Math.min(oldText.trim().length, newText.trim().length)) {
    return plain;
  }
  return {
    old: parts
      .filter(part => !part.added)
      .map(part => ({ text: part.value, changed: part.removed })),
    new: parts
      .filter(part => !part.removed)
      .map(part => ({ text: part.value, changed: part.added })),
  };
}
