import { Place } from 'backstage-plugin-dataset-migration-common';

/** The place of `[start, end)` in a text, as editors count. */
export function placeAt(
  path: string,
  text: string,
  start: number,
  end: number,
): Place {
  const from = position(text, start);
  const to = position(text, end);
  return {
    path,
    line: from.line,
    column: from.column,
    endLine: to.line,
    endColumn: to.column,
  };
}

function position(text: string, offset: number) {
  let line = 1;
  let lineStart = 0;
  for (
    let i = text.indexOf('\n');
    i !== -1 && i < offset;
    i = text.indexOf('\n', i + 1)
  ) {
    line++;
    lineStart = i + 1;
  }
  return { line, column: offset - lineStart + 1 };
}
