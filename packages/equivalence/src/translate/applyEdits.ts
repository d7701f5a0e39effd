/** A replacement; offsets are Unicode code points of the original text. */
export interface TextEdit {
  start: number;
  end: number;
  text: string;
}

/** Applies edits that do not overlap; of two that do, the first one wins. */
export function applyEdits(text: string, edits: TextEdit[]): string {
  const points = Array.from(text);
  const sorted = [...edits].sort((a, b) => a.start - b.start || b.end - a.end);
  let result = '';
  let position = 0;
  for (const edit of sorted) {
    if (edit.start < position) continue;
    result += points.slice(position, edit.start).join('') + edit.text;
    position = edit.end;
  }
  return result + points.slice(position).join('');
}

/** The text between two code point offsets. */
export function sliceText(text: string, start: number, end?: number): string {
  return Array.from(text).slice(start, end).join('');
}
