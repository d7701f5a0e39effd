/** Replaces `[start, end)` of a text (UTF-16 offsets) by `text`; an insertion has `start === end`. */
export interface Edit {
  start: number;
  end: number;
  text: string;
  /** Where the table reference stands on whose behalf this edit is made. */
  owner: number;
}

/** Applies edits that do not overlap; throws if they do. */
export function applyEdits(source: string, edits: readonly Edit[]): string {
  const sorted = [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
  let result = '';
  let position = 0;
  for (const edit of sorted) {
    if (edit.start < position) {
      throw new Error('Edits overlap');
    }
    result += source.slice(position, edit.start) + edit.text;
    position = edit.end;
  }
  return result + source.slice(position);
}

/** One of each, in the order of the text. */
export function mergeEdits(lists: readonly Edit[][]): Edit[] {
  const seen = new Map<string, Edit>();
  for (const edit of lists.flat()) {
    seen.set(editKey(edit), edit);
  }
  return [...seen.values()].sort((a, b) => a.start - b.start || a.end - b.end);
}

export function editKey(edit: Edit): string {
  return `${edit.start}:${edit.end}:${edit.text}`;
}

/** The edits of the result that give the source back. */
export function invertEdits(source: string, edits: readonly Edit[]): Edit[] {
  const sorted = [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
  let shift = 0;
  return sorted.map(edit => {
    const start = edit.start + shift;
    shift += edit.text.length - (edit.end - edit.start);
    return {
      start,
      end: start + edit.text.length,
      text: source.slice(edit.start, edit.end),
      owner: edit.owner,
    };
  });
}
