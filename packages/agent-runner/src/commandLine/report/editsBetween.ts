import { EditReport, Position } from '../CommandDocument';

/** Steps of the shortest path that are looked for before a file counts as one edit. */
const MAX_STEPS = 800;

interface Range {
  start: number;
  end: number;
  from: number;
  to: number;
}

/**
 * What changed between two texts, word by word: the shortest list of replaced ranges
 * (Myers), each with its place in the text as it was.
 */
export function editsBetween(before: string, after: string): EditReport[] {
  const old = tokens(before);
  const next = tokens(after);
  let head = 0;
  while (head < old.length && head < next.length && old[head] === next[head]) {
    head += 1;
  }
  let tail = 0;
  while (
    tail < old.length - head &&
    tail < next.length - head &&
    old[old.length - 1 - tail] === next[next.length - 1 - tail]
  ) {
    tail += 1;
  }
  const ranges = shortest(
    old.slice(head, old.length - tail),
    next.slice(head, next.length - tail),
  );
  const offsets = [0];
  for (const token of old) {
    offsets.push(offsets[offsets.length - 1] + token.length);
  }
  const place = placer(before);
  return ranges.map(({ start, end, from, to }) => ({
    start: place(offsets[head + start]),
    end: place(offsets[head + end]),
    text: next.slice(head + from, head + to).join(''),
  }));
}

function tokens(text: string): string[] {
  return text.match(/[\p{L}\p{N}_]+|\r\n|[ \t]+|[^]/gu) ?? [];
}

function shortest(old: string[], next: string[]): Range[] {
  if (old.length === 0 && next.length === 0) {
    return [];
  }
  const trace: Array<Map<number, number>> = [];
  let furthest = new Map([[1, 0]]);
  for (let steps = 0; steps <= MAX_STEPS; steps += 1) {
    trace.push(furthest);
    const reached = new Map<number, number>();
    for (let diagonal = -steps; diagonal <= steps; diagonal += 2) {
      let x = comesFrom(furthest, diagonal, steps)
        ? furthest.get(diagonal + 1) ?? 0
        : (furthest.get(diagonal - 1) ?? 0) + 1;
      while (
        x < old.length &&
        x - diagonal < next.length &&
        old[x] === next[x - diagonal]
      ) {
        x += 1;
      }
      reached.set(diagonal, x);
      if (x >= old.length && x - diagonal >= next.length) {
        return walkBack(trace, old.length, next.length);
      }
    }
    furthest = reached;
  }
  return [{ start: 0, end: old.length, from: 0, to: next.length }];
}

/** Whether a path comes to a diagonal by an insertion, else by a deletion. */
function comesFrom(
  furthest: Map<number, number>,
  diagonal: number,
  steps: number,
): boolean {
  return (
    diagonal === -steps ||
    (diagonal !== steps &&
      (furthest.get(diagonal - 1) ?? -1) < (furthest.get(diagonal + 1) ?? -1))
  );
}

function walkBack(
  trace: Array<Map<number, number>>,
  oldLength: number,
  newLength: number,
): Range[] {
  const ranges: Range[] = [];
  let x = oldLength;
  let y = newLength;
  for (let steps = trace.length - 1; steps > 0; steps -= 1) {
    const furthest = trace[steps];
    const inserted = comesFrom(furthest, x - y, steps);
    const diagonal = x - y + (inserted ? 1 : -1);
    const start = furthest.get(diagonal) ?? 0;
    const from = start - diagonal;
    const step = {
      start,
      end: inserted ? start : start + 1,
      from,
      to: inserted ? from + 1 : from,
    };
    const [first] = ranges;
    if (first && first.start === step.end && first.from === step.to) {
      ranges[0] = { ...first, start: step.start, from: step.from };
    } else {
      ranges.unshift(step);
    }
    x = start;
    y = from;
  }
  return ranges;
}

/** Places of offsets, as editors count; offsets are asked for in rising order. */
function placer(text: string): (offset: number) => Position {
  let line = 1;
  let lineStart = 0;
  return offset => {
    for (
      let end = text.indexOf('\n', lineStart);
      end !== -1 && end < offset;
      end = text.indexOf('\n', lineStart)
    ) {
      line += 1;
      lineStart = end + 1;
    }
    return { line, column: offset - lineStart + 1 };
  };
}
