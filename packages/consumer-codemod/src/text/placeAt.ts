import { Place } from 'backstage-plugin-dataset-migration-common';

/** The place of `[start, end)` in a text, as editors count. */
export function placeAt(
  path: string,
  text: string,
  start: number,
  end: number,
): Place {
  return placesIn(path, text)(start, end);
}

/** For many places in one text: its lines are counted once. */
export function placesIn(
  path: string,
  text: string,
): (start: number, end: number) => Place {
  const lineStarts = [0];
  for (let i = text.indexOf('\n'); i !== -1; i = text.indexOf('\n', i + 1)) {
    lineStarts.push(i + 1);
  }
  const position = (offset: number) => {
    let low = 0;
    let high = lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (lineStarts[middle] <= offset) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return { line: low + 1, column: offset - lineStarts[low] + 1 };
  };
  return (start, end) => {
    const from = position(start);
    const to = position(end);
    return {
      path,
      line: from.line,
      column: from.column,
      endLine: to.line,
      endColumn: to.column,
    };
  };
}
