import { Edit } from '../patch/Edit';
import { classifyText } from './classifyText';
import { PythonFile } from './PythonFile';
import { printTemplate } from './Template';

/** The name that other files import this one by. */
function moduleOf(path: string): string {
  const parts = path.replace(/\.\w+$/, '').split('/');
  const last = parts[parts.length - 1];
  return last === '__init__' ? parts[parts.length - 2] ?? last : last;
}

/**
 * A module's constant with the table's name that an edit changes, and another file
 * that seems to use it: what it does with the name is not known here.
 */
export function findUseElsewhere(
  file: PythonFile,
  edits: readonly Edit[],
): { start: number; end: number; detail: string } | undefined {
  const { tree, names, evaluator, context, path } = file;
  const stem = new RegExp(`\\b${moduleOf(path).replace(/\W/g, '\\$&')}\\b`);
  for (const node of tree.identifiers) {
    const binding = names.bindingAt(node);
    const value = binding?.value;
    const { type } = binding?.variable.scope ?? {};
    if (
      !binding ||
      !value ||
      (type !== 'module' && type !== 'class_definition') ||
      !edits.some(edit => edit.start >= value.start && edit.end <= value.end)
    ) {
      continue;
    }
    const template = evaluator.evaluateBinding(binding);
    const kind =
      template && classifyText(printTemplate(template), context.matcher);
    if (kind !== 'table' && kind !== 'short') {
      continue;
    }
    const name = new RegExp(`\\b${binding.variable.name}\\b`);
    const other = context.files.find(
      ({ path: elsewhere, text }) =>
        elsewhere !== path &&
        /\.(py|ipynb)(#|$)/.test(elsewhere) &&
        name.test(text) &&
        (elsewhere.startsWith(`${path}#`) || stem.test(text)),
    );
    if (other) {
      const detail = `${binding.variable.name} in ${other.path}`;
      return { start: node.start, end: node.end, detail };
    }
  }
  return undefined;
}
