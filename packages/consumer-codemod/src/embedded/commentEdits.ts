import { Edit } from '../patch/Edit';

/** What marks a use that the owner changes by hand, in a file of another language. */
export interface HostComment {
  /** Offset of the use. */
  at: number;
  text: string;
}

/** A comment above the line of each use, unless it stands there already. */
export function commentEdits(
  text: string,
  comments: readonly HostComment[],
  mark: '#' | '//',
): Edit[] {
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const edits = new Map<string, Edit>();
  for (const { at, text: comment } of comments) {
    const start = text.lastIndexOf('\n', at - 1) + 1;
    const indent = text.slice(start).match(/^[ \t]*/)?.[0] ?? '';
    const line = `${indent}${mark} ${comment}${newline}`;
    if (!text.slice(0, start).includes(line)) {
      edits.set(`${start}:${line}`, {
        start,
        end: start,
        text: line,
        owner: start,
      });
    }
  }
  return [...edits.values()];
}
