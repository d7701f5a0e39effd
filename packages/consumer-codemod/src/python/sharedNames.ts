import { Edit } from '../patch/Edit';
import { classifyText } from './classifyText';
import { Sink } from './flows';
import { PythonFile } from './PythonFile';
import { fieldOf } from './PyTree';
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

/** Names by which other files can use the statement of a sink. */
function publicNames({ tree, names }: PythonFile, sink: Sink): string[] {
  const found: string[] = [];
  const parent = tree.parent(sink.template.node);
  const left =
    parent?.type === 'assignment' ? fieldOf(parent, 'left') : undefined;
  const binding =
    left?.type === 'identifier' ? names.bindingAt(left) : undefined;
  if (
    left &&
    /^(module|class_definition)$/.test(binding?.variable.scope.type ?? '')
  ) {
    found.push(tree.textOf(left));
  }
  const definition = tree.around(
    sink.node,
    new Set(['function_definition', 'module']),
  );
  const name = definition && fieldOf(definition, 'name');
  if (sink.kind === 'return' && name) {
    found.push(tree.textOf(name));
  }
  return found;
}

/** True if another file seems to put the statement together with more text. */
export function isAddedToElsewhere(file: PythonFile, sink: Sink): boolean {
  const { context, path } = file;
  const stem = new RegExp(`\\b${moduleOf(path).replace(/\W/g, '\\$&')}\\b`);
  return publicNames(file, sink).some(name => {
    const used = `(?:\\w+\\.)*${name}(?:\\([^()]*\\))?`;
    const added = new RegExp(
      `\\b${used}\\s*(?:\\+|%|\\.(?:format|replace|join|split)\\b)|(?:\\+=?|\\{)\\s*${used}\\b`,
    );
    return context.files.some(
      other =>
        other.path !== path &&
        /\.(py|ipynb)(#|$)/.test(other.path) &&
        added.test(other.text) &&
        stem.test(other.text),
    );
  });
}
