import { Edit } from '../patch/Edit';
import { printDerivedTable } from '../rewrite/View';
import { CodeNode } from '../treeSitter/CodeParser';
import { Sink } from './flows';
import { literalOf, writeInLiteral } from './Literal';
import { PythonFile } from './PythonFile';

/** Longer lines are broken where that is easy. */
const MAX_LINE = 100;

/** The view's query in front of the table's name and behind it. */
export function viewParts(
  file: PythonFile,
  fields: readonly string[],
  line: string | undefined,
): string[] {
  const mark = '\u0000';
  return printDerivedTable(file.view, mark, fields, line)
    .slice(1, -1)
    .split(mark);
}

/** Edits that put the view's query around a table name that a Python expression gives. */
export function queryEdits(
  file: PythonFile,
  { node, template }: Sink,
  fields: readonly string[],
): Edit[] | undefined {
  const short = quoted(viewParts(file, fields, undefined));
  const long = isLong(file, node, short.join(''))
    ? lineStart(file, node)
    : undefined;
  const owner = node.start;
  if (node.type === 'identifier' || node.type === 'attribute') {
    const quote = long === undefined ? '"' : '"""';
    const host = { raw: false, formatted: true, quote };
    const parts =
      long === undefined ? short : quoted(viewParts(file, fields, long));
    const [before, after] = parts.map(part => writeInLiteral(host, part));
    return [
      {
        start: node.start,
        end: node.start,
        text: `f${quote}${before}{`,
        owner,
      },
      { start: node.end, end: node.end, text: `}${after}${quote}`, owner },
    ];
  }
  return (
    (long !== undefined &&
      broken(file, node, quoted(viewParts(file, fields, long)))) ||
    inside(node, template, short)
  );
}

function quoted([before, after]: readonly string[]): string[] {
  return [`${before}\``, `\`${after}`];
}

/** Around the text in the literals as they are. */
function inside(
  node: CodeNode,
  { pieces }: Sink['template'],
  [prefix, suffix]: readonly string[],
): Edit[] | undefined {
  const first = pieces[0]?.literal;
  const last = pieces[pieces.length - 1]?.literal;
  const before = first?.encode(prefix);
  const after = last?.encode(suffix);
  const literal = node.type === 'string' || node.type === 'concatenated_string';
  return literal && first && last && before !== undefined && after !== undefined
    ? [
        {
          start: first.start,
          end: first.start,
          text: before,
          owner: node.start,
        },
        { start: last.end, end: last.end, text: after, owner: node.start },
      ]
    : undefined;
}

/** A literal of one line becomes one of several. */
function broken(
  { tree }: PythonFile,
  node: CodeNode,
  parts: readonly string[],
): Edit[] | undefined {
  const literal = node.type === 'string' ? literalOf(tree, node) : undefined;
  if (!literal) {
    return undefined;
  }
  const { raw, formatted, start, end } = literal;
  const size = literal.quote.length;
  const quote = literal.quote[0].repeat(3);
  const [before, after] = parts.map(part =>
    writeInLiteral({ raw, formatted, quote }, part),
  );
  return before !== undefined && after !== undefined
    ? [
        {
          start: start - size,
          end: start,
          text: quote + before,
          owner: node.start,
        },
        { start: end, end: end + size, text: after + quote, owner: node.start },
      ]
    : undefined;
}

/** True if the line that a node stands in would become too long. */
export function isLong(
  file: PythonFile,
  node: CodeNode,
  added: string,
): boolean {
  return lineLength(file, node) + added.length > MAX_LINE;
}

function lineLength({ text }: PythonFile, node: CodeNode): number {
  const end = text.indexOf('\n', node.end);
  const start = text.lastIndexOf('\n', node.start - 1);
  return (end === -1 ? text.length : end) - start - 1;
}

/** A line break with the indentation of the line that a node starts in. */
export function lineStart({ text }: PythonFile, node: CodeNode): string {
  const start = text.lastIndexOf('\n', node.start - 1) + 1;
  const indent = /^[ \t]*/.exec(text.slice(start, node.start))?.[0] ?? '';
  return `${text.includes('\r\n') ? '\r\n' : '\n'}${indent}`;
}
