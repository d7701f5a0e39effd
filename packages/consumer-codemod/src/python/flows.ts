import { CodeNode } from '../treeSitter/CodeParser';
import { Evaluator, SAME_TEXT, SAME_TEXT_METHODS } from './Evaluator';
import { Binding } from './Names';
import { fieldOf, namedOf, PyTree } from './PyTree';
import { Template } from './Template';

/** Where the value of a string ends up. */
export interface Sink {
  kind:
    | 'argument'
    | 'pair'
    | 'element'
    | 'return'
    | 'store'
    | 'parameter'
    | 'statement'
    | 'exported'
    | 'dynamic'
    | 'other';
  /** The expression that is used there. */
  node: CodeNode;
  /** `argument`: the call, and the argument's keyword or position. */
  call?: CodeNode;
  keyword?: string;
  position?: number;
  /** `pair`, `store`: the key or name that it is put under. */
  key?: string;
  template: Template;
}

/** Follows the value of one literal through the file to everything that uses it. */
export function followLiteral(evaluator: Evaluator, literal: CodeNode): Sink[] {
  const sinks: Sink[] = [];
  const template = evaluator.evaluate(literal);
  if (template) {
    climb(evaluator, literal, template, sinks, new Set());
  }
  return sinks;
}

/** Tells values apart that are made of other pieces. */
export function signatureOf({ pieces }: Template): string {
  return pieces
    .map(piece => (piece.kind === 'text' ? piece.starts[0] : -piece.start))
    .join();
}

/** The larger string expression that a part of it belongs to, if it is one. */
function larger(evaluator: Evaluator, node: CodeNode): CodeNode | undefined {
  const { tree } = evaluator;
  const parent = tree.parent(node);
  if (!parent) {
    return undefined;
  }
  switch (parent.type) {
    case 'concatenated_string':
    case 'binary_operator':
      return parent;
    case 'interpolation':
      return node.field === 'expression' ? tree.parent(parent) : undefined;
    case 'tuple':
    case 'pair': {
      const outer = parent.type === 'pair' ? tree.parent(parent) : parent;
      const operator = outer && tree.parent(outer);
      const formats =
        operator?.type === 'binary_operator' && outer?.field === 'right';
      return formats ? operator : undefined;
    }
    case 'attribute': {
      const call = tree.parent(parent);
      const method = tree.textOf(fieldOf(parent, 'attribute') ?? parent);
      return call?.type === 'call' &&
        parent.field === 'function' &&
        (/^(format|replace)$/.test(method) || SAME_TEXT_METHODS.test(method))
        ? call
        : undefined;
    }
    case 'argument_list':
    case 'keyword_argument': {
      const list =
        parent.type === 'argument_list' ? parent : tree.parent(parent);
      const call = list && tree.parent(list);
      const target = call && fieldOf(call, 'function');
      if (!target || call.type !== 'call') {
        return undefined;
      }
      const written = tree.textOf(target);
      const object = fieldOf(target, 'object');
      return SAME_TEXT.test(written) ||
        (/\.(format|replace)$/.test(written) &&
          object &&
          evaluator.evaluate(object))
        ? call
        : undefined;
    }
    default:
      return undefined;
  }
}

/** True if a larger value holds this one, in its text or as a known value put in. */
function includes(
  tree: PyTree,
  { pieces }: Template,
  part: Template,
  node: CodeNode,
): boolean {
  const starts = new Set(
    pieces.flatMap(piece => (piece.kind === 'text' ? piece.starts : [])),
  );
  return part.pieces.every(piece =>
    piece.kind === 'text'
      ? starts.has(piece.starts[0]) ||
        pieces.some(
          other =>
            other.kind === 'hole' &&
            other.value !== undefined &&
            other.node !== undefined &&
            tree.isInside(node, other.node),
        )
      : true,
  );
}

function climb(
  evaluator: Evaluator,
  start: CodeNode,
  startTemplate: Template,
  sinks: Sink[],
  seen: Set<string>,
) {
  const { tree } = evaluator;
  let node = start;
  let template = startTemplate;
  for (;;) {
    const key = `${node.start} ${node.end} ${signatureOf(template)}`;
    if (seen.has(key)) {
      return;
    }
    seen.add(key);
    const parent = tree.parent(node);
    if (!parent) {
      return;
    }
    const whole = larger(evaluator, node);
    if (whole) {
      const value = evaluator.evaluate(whole);
      if (!value || !includes(tree, value, template, node)) {
        sinks.push({ kind: 'dynamic', node: whole, template });
        return;
      }
      node = whole;
      template = value;
    } else if (
      parent.type === 'parenthesized_expression' ||
      parent.type === 'boolean_operator' ||
      (parent.type === 'conditional_expression' && namedOf(parent)[1] !== node)
    ) {
      node = parent;
    } else if (
      (parent.type === 'assignment' ||
        parent.type === 'augmented_assignment') &&
      node.field === 'right'
    ) {
      followAssignment(evaluator, node, parent, template, sinks, seen);
      return;
    } else if (parent.type === 'named_expression' && node.field === 'value') {
      followName(
        evaluator,
        fieldOf(parent, 'name'),
        node,
        template,
        sinks,
        seen,
      );
      node = parent;
    } else {
      sinks.push(sinkAt(evaluator, node, parent, template));
      return;
    }
  }
}

function followAssignment(
  evaluator: Evaluator,
  node: CodeNode,
  assignment: CodeNode,
  template: Template,
  sinks: Sink[],
  seen: Set<string>,
) {
  const { tree } = evaluator;
  const left = fieldOf(assignment, 'left');
  if (left?.type === 'identifier') {
    followName(evaluator, left, node, template, sinks, seen);
    if (tree.parent(assignment)?.type === 'assignment') {
      sinks.push({ kind: 'other', node, template });
    }
    return;
  }
  const name =
    left?.type === 'attribute' ? fieldOf(left, 'attribute') : undefined;
  if (
    name &&
    followAttribute(evaluator, tree.textOf(name), node, template, sinks, seen)
  ) {
    return;
  }
  const key =
    left?.type === 'subscript'
      ? fieldOf(left, 'subscript')
      : left && fieldOf(left, 'attribute');
  sinks.push({
    kind: left?.type === 'pattern_list' ? 'other' : 'store',
    node,
    template,
    ...(key && { key: tree.textOf(key).replace(/^["']|["']$/g, '') }),
  });
}

function followName(
  evaluator: Evaluator,
  name: CodeNode | undefined,
  node: CodeNode,
  template: Template,
  sinks: Sink[],
  seen: Set<string>,
) {
  const { tree, names } = evaluator;
  const binding = name && names.bindingAt(name);
  if (!binding) {
    sinks.push({ kind: 'other', node, template });
    return;
  }
  const own = evaluator.evaluateBinding(binding) ?? template;
  let used = false;
  for (const load of binding.variable.loads) {
    const reaching = names.reaching(load);
    if (reaching === binding || (!reaching && mayReach(binding, load))) {
      used = true;
      climb(evaluator, load, evaluator.evaluate(load) ?? own, sinks, seen);
    }
  }
  for (const other of binding.variable.bindings) {
    // `q += …` goes on with the value of `q`.
    const before =
      other.kind === 'augment' && names.reachingAt(other.variable, other.node);
    if (before === binding) {
      used = true;
      followName(evaluator, other.node, node, own, sinks, seen);
    } else if (other.kind === 'augment' && other !== binding && !before) {
      sinks.push({ kind: 'dynamic', node: other.node, template: own });
    }
  }
  const { type } = binding.variable.scope;
  if (type === 'class_definition') {
    const read = followAttribute(
      evaluator,
      tree.textOf(name),
      node,
      own,
      sinks,
      seen,
    );
    used = used || read;
  }
  if (/^(class_definition|module)$/.test(type) && !used) {
    sinks.push({
      kind: 'exported',
      node,
      key: tree.textOf(name),
      template: own,
    });
  }
}

/** Follows an attribute of the file's own classes to where it is read; false if it is not one. */
function followAttribute(
  evaluator: Evaluator,
  name: string,
  node: CodeNode,
  template: Template,
  sinks: Sink[],
  seen: Set<string>,
): boolean {
  const { attributes } = evaluator;
  const value = attributes.constant(name);
  if (!value || !evaluator.tree.isInside(node, value)) {
    return false;
  }
  const reads = attributes.readsOf(name);
  for (const read of reads) {
    const own = evaluator.evaluate(read);
    if (own) {
      climb(evaluator, read, own, sinks, seen);
    } else {
      sinks.push({ kind: 'other', node: read, template });
    }
  }
  return reads.length > 0;
}

/** False where the load comes before the binding in straight code of the same scope. */
function mayReach(binding: Binding, load: CodeNode): boolean {
  return binding.value !== undefined && binding.node !== load;
}

function sinkAt(
  evaluator: Evaluator,
  node: CodeNode,
  parent: CodeNode,
  template: Template,
): Sink {
  const { tree } = evaluator;
  const base = { node, template };
  switch (parent.type) {
    case 'argument_list':
    case 'keyword_argument': {
      const list =
        parent.type === 'argument_list' ? parent : tree.parent(parent);
      const call = list && tree.parent(list);
      if (!list || call?.type !== 'call') {
        return { kind: 'other', ...base };
      }
      return parent.type === 'keyword_argument'
        ? {
            kind: 'argument',
            ...base,
            call,
            keyword: tree.textOf(fieldOf(parent, 'name') ?? parent),
          }
        : {
            kind: 'argument',
            ...base,
            call,
            position: namedOf(list).indexOf(node),
          };
    }
    case 'pair': {
      const key = fieldOf(parent, 'key');
      return node.field === 'value' && key
        ? {
            kind: 'pair',
            ...base,
            key: tree.textOf(key).replace(/^["']|["']$/g, ''),
          }
        : { kind: 'other', ...base };
    }
    case 'list':
    case 'tuple':
    case 'set':
      return { kind: 'element', ...base };
    case 'return_statement':
    case 'lambda':
    case 'yield':
      return { kind: 'return', ...base };
    case 'default_parameter':
    case 'typed_default_parameter':
      return {
        kind: 'parameter',
        ...base,
        key: tree.textOf(fieldOf(parent, 'name') ?? parent),
      };
    case 'expression_statement':
      return { kind: 'statement', ...base };
    default:
      return { kind: 'other', ...base };
  }
}
