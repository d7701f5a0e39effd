import { CodeNode } from '../treeSitter/CodeParser';
import { classifyText } from './classifyText';
import { ProcessedSink } from './agreement';
import { signatureOf, Sink } from './flows';
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
 * A constant of which an edit changes the table's name or a part of a statement, and
 * another file that seems to use it: what it does with it is not known here.
 */
export function findUseElsewhere(
  file: PythonFile,
  processed: readonly ProcessedSink[],
): { start: number; end: number; detail: string } | undefined {
  const { tree, evaluator, context, path } = file;
  const stem = new RegExp(`\\b${moduleOf(path).replace(/\W/g, '\\$&')}\\b`);
  // Nobody imports a notebook.
  const isModule = !path.endsWith('.ipynb');
  for (const node of tree.identifiers) {
    const value = sharedValue(file, node);
    const users = processed.filter(
      ({ outcome }) =>
        value &&
        outcome.edits.some(
          edit => edit.start >= value.start && edit.end <= value.end,
        ),
    );
    if (!value || users.length === 0) {
      continue;
    }
    const template = evaluator.evaluate(value);
    const whole =
      !template ||
      (classifyText(printTemplate(template), context.matcher) === 'sql' &&
        users.every(
          ({ sink }) => signatureOf(sink.template) === signatureOf(template),
        ));
    if (whole) {
      // Whoever else runs it gets the same statement, and the same rows.
      continue;
    }
    const name = new RegExp(`\\b${tree.textOf(node)}\\b`);
    const other = context.files.find(
      ({ path: elsewhere, text }) =>
        elsewhere !== path &&
        /\.(py|ipynb)(#|$)/.test(elsewhere) &&
        name.test(text) &&
        (elsewhere.startsWith(`${path}#`) || (isModule && stem.test(text))),
    );
    if (other) {
      const detail = `${tree.textOf(node)} in ${other.path}`;
      return { start: node.start, end: node.end, detail };
    }
  }
  return undefined;
}

/** What a name stands for that other files can see: a module's, a class's, an attribute. */
function sharedValue(
  { tree, names }: PythonFile,
  node: CodeNode,
): CodeNode | undefined {
  const binding = names.bindingAt(node);
  if (binding) {
    return /^(module|class_definition)$/.test(binding.variable.scope.type)
      ? binding.value
      : undefined;
  }
  const attribute = tree.parent(node);
  const assignment =
    attribute?.type === 'attribute' && attribute.field === 'left'
      ? tree.parent(attribute)
      : undefined;
  return assignment?.type === 'assignment'
    ? fieldOf(assignment, 'right')
    : undefined;
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
  if (path.endsWith('.ipynb')) {
    return false;
  }
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
