import { Place } from 'backstage-plugin-dataset-migration-common';
import { Edit } from '../patch/Edit';
import { placeAt } from '../text/placeAt';
import { NotebookCell, writeInCell } from './readNotebook';

/** A cell's code, with magics masked; `from` is where it starts in the cell. */
export interface CodePart {
  cell: NotebookCell;
  text: string;
  from: number;
}

/** One character of the code, and where the notebook's file has it. */
interface Unit {
  start: number;
  end: number;
  cell: NotebookCell;
}

/**
 * Code cells as one text, in the order of the notebook, which is that in which they
 * are meant to run. Each character knows where it stands in the file.
 */
export class VirtualCode {
  readonly text: string;
  readonly #units: Array<Unit | undefined> = [];

  constructor(readonly file: string, parts: readonly CodePart[]) {
    let code = '';
    for (const { cell, text, from } of parts) {
      for (let i = 0; i < text.length; i++) {
        const start = cell.starts[from + i];
        this.#units.push({ start, end: cell.ends[from + i], cell });
      }
      this.#units.push(undefined);
      code += `${text}\n`;
    }
    this.text = code;
  }

  /** The same edits of the notebook's file; nothing if one leaves its cell. */
  toFile(edits: readonly Edit[]): Edit[] | undefined {
    const mapped: Edit[] = [];
    for (const edit of edits) {
      const first = this.#units[edit.start];
      const last = this.#units[edit.end - 1];
      const cell = (edit.start < edit.end ? first : first ?? last)?.cell;
      const whole = this.#units
        .slice(edit.start, edit.end)
        .every(unit => unit?.cell === cell);
      if (!cell || !whole) {
        return undefined;
      }
      const start =
        edit.start < edit.end || first?.cell === cell
          ? first?.start
          : last?.end;
      const end = edit.start < edit.end ? last?.end : start;
      if (start === undefined || end === undefined) {
        return undefined;
      }
      mapped.push({
        start,
        end,
        text: writeInCell(cell, edit.text, this.file[end] !== '"'),
        owner: start,
      });
    }
    return mapped;
  }

  placeInFile(path: string, place: Place): Place {
    const start = offsetOf(this.text, place.line, place.column);
    const end = offsetOf(
      this.text,
      place.endLine ?? place.line,
      place.endColumn ?? place.column,
    );
    const from = this.#units[start]?.start ?? this.#units[start - 1]?.end ?? 0;
    const to = end > start ? this.#units[end - 1]?.end ?? from : from;
    return placeAt(path, this.file, from, Math.max(from, to));
  }

  /** The number of the cell that a line belongs to. */
  cellAt(line: number): number | undefined {
    const start = offsetOf(this.text, line, 1);
    return (this.#units[start] ?? this.#units[start - 1])?.cell.number;
  }
}

function offsetOf(text: string, line: number, column: number): number {
  let start = 0;
  for (let n = 1; n < line; n++) {
    const next = text.indexOf('\n', start);
    if (next === -1) {
      return text.length;
    }
    start = next + 1;
  }
  return start + column - 1;
}
