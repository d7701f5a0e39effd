import { CodeNode } from '../treeSitter/CodeParser';
import { PythonFile } from './PythonFile';

/**
 * Lower case names of the old fields that are read of a data frame; nothing if it
 * leaves the code that the file shows, so that all of them may be.
 */
export function neededFields(
  _file: PythonFile,
  _frame: CodeNode,
): ReadonlySet<string> | undefined {
  return undefined;
}
