import { entryOf, JsonNode, JsonText, readJson, textOf } from './readJson';

/** One code cell: its characters, and where each of them is written in the file. */
export interface NotebookCell extends JsonText {
  /** Counts all cells from 1. */
  number: number;
  /** What separates the lines of the cell in the file; absent if its source is one string. */
  separator?: string;
}

export interface Notebook {
  /** Lower case name of the kernel's language; empty if the notebook does not tell. */
  language: string;
  cells: NotebookCell[];
}

/** Reads the code cells of a notebook; nothing if the file is none. */
export function readNotebook(file: string): Notebook | undefined {
  const root = readJson(file.replace(/^\uFEFF/, ' '));
  const cells = entryOf(root, 'cells');
  if (cells?.kind !== 'array') {
    return undefined;
  }
  const metadata = entryOf(root, 'metadata');
  const name = [
    entryOf(entryOf(metadata, 'language_info'), 'name'),
    entryOf(entryOf(metadata, 'kernelspec'), 'language'),
  ].find(node => node?.kind === 'string');
  const code: NotebookCell[] = [];
  for (const [index, cell] of cells.items.entries()) {
    const type = entryOf(cell, 'cell_type');
    const source = entryOf(cell, 'source');
    if (
      type?.kind !== 'string' ||
      textOf(file, type).text !== 'code' ||
      !source
    ) {
      continue;
    }
    try {
      code.push({ number: index + 1, ...readSource(file, source) });
    } catch {
      return undefined;
    }
  }
  return {
    language: name ? textOf(file, name).text.toLowerCase() : '',
    cells: code,
  };
}

function readSource(
  file: string,
  source: JsonNode,
): Omit<NotebookCell, 'number'> {
  if (source.kind === 'string') {
    return textOf(file, source);
  }
  const lines =
    source.kind === 'array'
      ? source.items.filter(item => item.kind === 'string')
      : [];
  const cell = { text: '', starts: [] as number[], ends: [] as number[] };
  for (const line of lines) {
    const { text, starts, ends } = textOf(file, line);
    cell.text += text;
    cell.starts.push(...starts);
    cell.ends.push(...ends);
  }
  const [first, second] = lines;
  const separator = second
    ? file.slice(first.end, second.start)
    : `,${first ? file.slice(source.start + 1, first.start) : ''}`;
  return { ...cell, separator };
}

/**
 * Writes characters into a cell: each of its lines is a string of its own, so more
 * text on the line behind them starts another one.
 */
export function writeInCell(
  cell: NotebookCell,
  text: string,
  more = false,
): string {
  if (cell.separator === undefined) {
    return JSON.stringify(text).slice(1, -1);
  }
  const lines = text.split('\n');
  const last = lines.length - 1;
  return lines
    .map((line, index) => {
      const written = JSON.stringify(line).slice(1, -1);
      const end = index === last ? '' : '\\n';
      const stops =
        index < last - 1 ||
        (index === last - 1 && (more || lines[last] !== ''));
      return written + end + (stops ? `"${cell.separator}"` : '');
    })
    .join('');
}
