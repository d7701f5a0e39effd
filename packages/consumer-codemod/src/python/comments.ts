import { Edit } from '../patch/Edit';
import { Outcome, PythonFile } from './PythonFile';

/** Comments above the statements whose uses the owner changes by hand. */
export function commentEdits(
  file: PythonFile,
  outcomes: readonly Outcome[],
): Edit[] {
  const { text, tree } = file;
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const edits = new Map<string, Edit>();
  for (const { node, comments } of outcomes) {
    const statement = tree.statementOf(node);
    const lineStart = text.lastIndexOf('\n', statement.start - 1) + 1;
    const indent = text.slice(lineStart, statement.start);
    if (!/^[ \t]*$/.test(indent)) {
      continue;
    }
    for (const comment of comments) {
      const line = `${indent}# ${comment}${newline}`;
      if (!text.slice(0, lineStart).includes(line)) {
        edits.set(`${lineStart} ${line}`, {
          start: lineStart,
          end: lineStart,
          text: line,
          owner: lineStart,
        });
      }
    }
  }
  return [...edits.values()];
}
