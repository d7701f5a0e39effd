/** What a code cell is, by its first line. */
export interface CellKind {
  kind: 'python' | 'sql' | 'other';
  /** The magic, such as `bigquery`. */
  magic?: string;
  /** Where the code after the magic starts. */
  start: number;
}

const SQL = /^(bigquery|bqsql|sql|sparksql|bq)$/;
const PYTHON =
  /^(time|timeit|capture|prun|python|python3|local|spark|pyspark)$/;

export function kindOfCell(text: string): CellKind {
  const found = /^(?:[ \t]*(?:#[^\n]*)?\n)*\s*%%([\w.]+)[^\n]*(?:\n|$)/.exec(
    text,
  );
  if (!found) {
    return { kind: 'python', start: 0 };
  }
  const magic = found[1].replace(/^.*\./, '');
  const start = found[0].length;
  if (SQL.test(magic)) {
    return { kind: 'sql', magic, start };
  }
  return { kind: PYTHON.test(magic) ? 'python' : 'other', magic, start };
}

/**
 * Shell commands and line magics are no Python: they are put out of the parser's way
 * without moving anything. Lines inside of long strings are no magics.
 */
export function maskMagics(text: string): {
  masked: string;
  magics: Array<{ start: number; end: number }>;
} {
  const magics: Array<{ start: number; end: number }> = [];
  let masked = '';
  let quote = '';
  let goesOn = false;
  let position = 0;
  for (const line of text.split(/(?<=\n)/)) {
    // `pip install x` and `name?` work in a cell without a mark.
    const bare = /^()(\s*(?:pip3?|conda|mamba)\s+\w|\s*[\w.]+\?\??\s*$)/.exec(
      line,
    );
    const magic = bare ?? /^(\s*(?:[\w.,[\]"' ]+=\s*)?)([%!?].?)/.exec(line);
    const start = position;
    position += line.length;
    if (goesOn || (quote === '' && magic && magic[2].trim() !== '')) {
      magics.push({ start, end: position });
      goesOn = /\\\s*$/.test(line);
      masked += goesOn || !magic ? hide(line, 0) : hide(line, magic[1].length);
      continue;
    }
    for (const [mark] of line.matchAll(/\\.|"""|'''|#[^\n]*/g)) {
      if (mark === quote) {
        quote = '';
      } else if (quote === '' && /^["']/.test(mark)) {
        quote = mark;
      } else if (quote === '' && mark.startsWith('#')) {
        break;
      }
    }
    masked += line;
  }
  return { masked, magics };
}

/** A number and a comment of the same length, from an offset on. */
function hide(line: string, from: number): string {
  const indent = /^\s*/.exec(line)?.[0].length ?? 0;
  const at = Math.max(from, line.trim() === '' ? from : indent);
  const rest = line.slice(at);
  const end = /\r?\n?$/.exec(rest)?.[0] ?? '';
  const length = rest.length - end.length;
  const hidden = `0#${' '.repeat(length)}`.slice(0, length);
  return line.slice(0, at) + hidden + end;
}
