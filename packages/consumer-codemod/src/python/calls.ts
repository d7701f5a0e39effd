import { CodeNode } from '../treeSitter/CodeParser';
import { Evaluator } from './Evaluator';
import { fieldOf, namedOf, PyTree } from './PyTree';
import { Sink } from './flows';
import { printTemplate } from './Template';

const LOGS =
  /(^|\.)(print|pprint|echo|secho)$|(^|\.)_?(log|logger|logging|console|warnings)\.(debug|info|warning|warn|error|exception|critical|log|print)$|(Error|Exception|Warning)$/i;
const LABELS =
  /^(task_id|dag_id|description|doc|doc_md|help|title|label|group_id|job_id|job_id_prefix|job_name|app_name|msg|message|display_name|tags|task_group|subject)$/;

/** The function of a call, as written: `client.query`. */
export function calleeOf(tree: PyTree, call: CodeNode): string {
  const target = fieldOf(call, 'function');
  return target ? tree.textOf(target) : '';
}

/** The last name of a call's function. */
export function methodOf(tree: PyTree, call: CodeNode): string {
  const target = fieldOf(call, 'function');
  const name = target && (fieldOf(target, 'attribute') ?? target);
  return name?.type === 'identifier' ? tree.textOf(name) : '';
}

/** True if the string is only shown to people. */
export function isShownOnly(tree: PyTree, sink: Sink): boolean {
  const parent = tree.parent(sink.node);
  if (
    sink.kind === 'statement' ||
    (parent?.type === 'assert_statement' && namedOf(parent)[0] !== sink.node)
  ) {
    return true;
  }
  const label = sink.keyword ?? (sink.kind === 'pair' ? sink.key : undefined);
  if (label && LABELS.test(label)) {
    return true;
  }
  return (
    sink.kind === 'argument' &&
    sink.call !== undefined &&
    LOGS.test(calleeOf(tree, sink.call))
  );
}

/** True if a bare name is a key or compared with one: a column or an option of that name. */
export function isWord(tree: PyTree, sink: Sink): boolean {
  const parent = tree.parent(sink.node)?.type ?? '';
  if (sink.kind === 'other') {
    return /^(subscript|pair|comparison_operator|keyword_argument)$/.test(
      parent,
    );
  }
  // A word of the language says less than `user_activity_v1` does.
  const common = !/[_\d]/.test(printTemplate(sink.template));
  return (
    common &&
    sink.keyword !== undefined &&
    !/table|tbl|dataset|source|relation|entity|view|from|name|bq/i.test(
      `${sink.keyword}`,
    )
  );
}

export interface CallArgument {
  keyword?: string;
  value: CodeNode;
}

export function argumentsOf(tree: PyTree, call: CodeNode): CallArgument[] {
  const list = fieldOf(call, 'arguments');
  return list?.type === 'argument_list'
    ? namedOf(list).map(node => {
        const value = fieldOf(node, 'value');
        const name = fieldOf(node, 'name');
        return node.type === 'keyword_argument' && value && name
          ? { keyword: tree.textOf(name), value }
          : { value: node };
      })
    : [];
}

/** The function of this file that a call runs, if its name says so without doubt. */
export function definitionOf(
  evaluator: Evaluator,
  call: CodeNode,
): { node: CodeNode; method: boolean } | undefined {
  const { tree } = evaluator;
  const name = methodOf(tree, call);
  const target = fieldOf(call, 'function');
  const object = target && fieldOf(target, 'object');
  const own = object && /^(self|cls)$/.test(tree.textOf(object));
  if (!name || (object && !own)) {
    return undefined;
  }
  const found = tree.identifiers
    .filter(node => node.field === 'name' && tree.textOf(node) === name)
    .map(node => tree.parent(node))
    .filter(node => node?.type === 'function_definition');
  return found.length === 1 && found[0]
    ? { node: found[0], method: own === true }
    : undefined;
}
