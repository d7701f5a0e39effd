import { Tokens } from './Tokens';

/** The index of the token that starts at an offset. */
export function tokenAt(tokens: Tokens, offset: number): number {
  let low = 0;
  let high = tokens.list.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (tokens.list[middle].end <= offset) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/** Offsets of the tokens `[start, end)`. */
export function offsetsOf(tokens: Tokens, start: number, end: number) {
  const { list } = tokens;
  return { start: list[start]?.start ?? 0, end: list[end - 1]?.end ?? 0 };
}
