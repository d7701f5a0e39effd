import { DiffLine } from './parseUnifiedDiff';

/** One row of the side-by-side view. */
export interface LinePair {
  old?: DiffLine;
  new?: DiffLine;
}

/** Puts removed lines beside the added lines that replace them. */
export function pairLines(lines: DiffLine[]): LinePair[] {
  const pairs: LinePair[] = [];
  let removed: DiffLine[] = [];
  let added: DiffLine[] = [];
  const flush = () => {
    for (
      let index = 0;
      index < Math.max(removed.length, added.length);
      index++
    ) {
      pairs.push({ old: removed[index], new: added[index] });
    }
    removed = [];
    added = [];
  };
  for (const line of lines) {
    if (line.kind === 'removed') {
      if (added.length > 0) {
        flush();
      }
      removed.push(line);
    } else if (line.kind === 'added') {
      added.push(line);
    } else {
      flush();
      pairs.push({ old: line, new: line });
    }
  }
  flush();
  return pairs;
}
