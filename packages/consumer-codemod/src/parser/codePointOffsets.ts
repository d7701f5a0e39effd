/**
 * Returns a function from code point offsets, which the parser counts in, to
 * UTF-16 offsets, which JavaScript strings use.
 */
export function codePointOffsets(text: string): (offset: number) => number {
  let astral = false;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0xd800 && unit <= 0xdbff) {
      astral = true;
      break;
    }
  }
  if (!astral) {
    return offset => offset;
  }
  const table: number[] = [];
  let position = 0;
  for (const point of text) {
    table.push(position);
    position += point.length;
  }
  table.push(position);
  return offset => table[Math.min(offset, table.length - 1)];
}
