import { CodeNode } from '../treeSitter/CodeParser';
import { namesItsColumns } from './frameUses';
import { PythonFile } from './PythonFile';

/**
 * Lower case names of the fields that the owner would have to decide on, but that the
 * file shows not to be read: it names the columns that it reads, and these nowhere.
 */
export function unneededFields(
  file: PythonFile,
  frame: CodeNode,
): ReadonlySet<string> {
  const open = [...file.view.fields]
    .filter(([, field]) => field.kind === 'question')
    .map(([name]) => name)
    .filter(name => !new RegExp(`\\b${name}\\b`, 'i').test(file.text));
  return open.length > 0 && namesItsColumns(file, frame)
    ? new Set(open)
    : new Set();
}
