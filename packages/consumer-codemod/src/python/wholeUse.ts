import { CodeNode } from '../treeSitter/CodeParser';
import { isShownOnly, definitionOf, methodOf } from './calls';
import { Evaluator } from './Evaluator';
import { Sink } from './flows';
import { fieldOf, namedOf } from './PyTree';

/** Deeper chains of functions are not followed. */
const MAX_DEPTH = 6;

/**
 * True if a statement that ends up in a sink is run as it is, as far as the file
 * shows: no function, class or collection of the file adds to it on the way.
 */
export function staysWhole(evaluator: Evaluator, sink: Sink): boolean {
  if (sink.kind === 'exported' && sink.key !== undefined) {
    return attributesNamed(evaluator, sink.key, undefined).every(node =>
      follow(evaluator, node, sink, 1),
    );
  }
  return follow(evaluator, sink.node, sink, 0);
}

/** Methods that put a text together with what comes before and after it. */
const GATHERS =
  /^(join|format|replace|append|extend|insert|add|write|writelines|update|concat)$/;
/** Methods of collections that give or take whole values. */
const VALUES = /^(get|items|values|keys|append|extend|insert|pop|copy)$/;

const COLLECTIONS = new Set(['pair', 'dictionary', 'list', 'tuple', 'set']);

/** Follows the value of an expression to where it is used next. */
function follow(
  evaluator: Evaluator,
  node: CodeNode,
  sink: Sink,
  depth: number,
): boolean {
  const { tree, names } = evaluator;
  const parent = tree.parent(node);
  const next = (other: CodeNode) => follow(evaluator, other, sink, depth + 1);
  if (!parent || depth > MAX_DEPTH * 3) {
    return false;
  }
  switch (parent.type) {
    case 'parenthesized_expression':
    case 'conditional_expression':
    case 'boolean_operator':
    case 'await':
      return next(parent);
    case 'subscript':
      return node.field === 'value' && next(parent);
    case 'argument_list':
    case 'keyword_argument':
      return passes(evaluator, node, parent, sink, depth);
    case 'interpolation':
      return isEnclosed(evaluator, parent, sink);
    case 'return_statement':
    case 'yield':
      return returns(evaluator, parent, sink, depth);
    case 'pair':
      return (
        node.field !== 'value' || contained(evaluator, parent, sink, depth)
      );
    case 'list':
    case 'tuple':
    case 'set':
      return contained(evaluator, node, sink, depth);
    case 'assignment': {
      const left = fieldOf(parent, 'left');
      if (node.field !== 'right' || !left) {
        return false;
      }
      if (left.type === 'identifier') {
        const binding = names.bindingAt(left);
        const { bindings = [], loads = [] } = binding?.variable ?? {};
        return (
          bindings.every(({ kind }) => kind !== 'augment') && loads.every(next)
        );
      }
      if (left.type === 'attribute') {
        return attributes(evaluator, left).every(next);
      }
      return left.type === 'subscript';
    }
    case 'default_parameter':
    case 'typed_default_parameter': {
      const name = fieldOf(parent, 'name');
      const binding = name && names.bindingAt(name);
      return binding ? binding.variable.loads.every(next) : false;
    }
    case 'expression_statement':
    case 'if_statement':
    case 'not_operator':
    case 'assert_statement':
    case 'raise_statement':
      return true;
    default:
      return false;
  }
}

/** An argument: a function of this file must not add to it; others are taken to run it. */
function passes(
  evaluator: Evaluator,
  node: CodeNode,
  parent: CodeNode,
  sink: Sink,
  depth: number,
): boolean {
  const { tree, names } = evaluator;
  const list = parent.type === 'argument_list' ? parent : tree.parent(parent);
  const call = list && tree.parent(list);
  if (!list || call?.type !== 'call') {
    return false;
  }
  const name = fieldOf(parent, 'name');
  const keyword =
    parent.type === 'keyword_argument' && name ? tree.textOf(name) : undefined;
  const shown: Sink = { ...sink, kind: 'argument', node, call };
  if (isShownOnly(tree, keyword ? { ...shown, keyword } : shown)) {
    return true;
  }
  if (/^assert/i.test(methodOf(tree, call))) {
    return false;
  }
  const definition = definitionOf(evaluator, call);
  if (!definition) {
    return !GATHERS.test(methodOf(tree, call));
  }
  if (depth > MAX_DEPTH) {
    return false;
  }
  const parameters = fieldOf(definition.node, 'parameters');
  const listed = (parameters ? namedOf(parameters) : []).map(
    entry => fieldOf(entry, 'name') ?? namedOf(entry)[0] ?? entry,
  );
  const position = namedOf(list).indexOf(node) + (definition.method ? 1 : 0);
  const parameter =
    keyword === undefined
      ? listed[position]
      : listed.find(entry => tree.textOf(entry) === keyword);
  const binding = parameter && names.bindingAt(parameter);
  return (
    binding !== undefined &&
    binding.variable.bindings.length === 1 &&
    binding.variable.loads.every(load =>
      follow(evaluator, load, sink, depth + 1),
    )
  );
}

/** `f"… ({query}) …"` takes a statement as a table; a log line only shows it. */
function isEnclosed(
  { tree }: Evaluator,
  interpolation: CodeNode,
  sink: Sink,
): boolean {
  const string = tree.parent(interpolation);
  const list = string && tree.parent(string);
  const call = list && tree.parent(list);
  if (string && list?.type === 'argument_list' && call?.type === 'call') {
    const shown: Sink = { ...sink, kind: 'argument', node: string, call };
    if (isShownOnly(tree, shown)) {
      return true;
    }
  }
  const before = tree.text.slice(string?.start, interpolation.start);
  const after = tree.text.slice(interpolation.end, string?.end);
  return /\(\s*$/.test(before) && /^\s*\)/.test(after);
}

/** What a function gives back goes to every place that calls it. */
function returns(
  evaluator: Evaluator,
  node: CodeNode,
  sink: Sink,
  depth: number,
): boolean {
  const { tree } = evaluator;
  const definition = tree.around(node, new Set(['function_definition']));
  const name = definition && fieldOf(definition, 'name');
  if (!name || depth > MAX_DEPTH) {
    return name === undefined;
  }
  return tree.identifiers
    .filter(other => other !== name && tree.textOf(other) === tree.textOf(name))
    .map(other => {
      const parent = tree.parent(other);
      return parent?.type === 'attribute' ? parent : other;
    })
    .filter(target => target.field === 'function')
    .every(target => {
      const call = tree.parent(target);
      return call ? follow(evaluator, call, sink, depth + 1) : true;
    });
}

/** Values of a collection: what is taken out of it by a key, or in a loop. */
function contained(
  evaluator: Evaluator,
  node: CodeNode,
  sink: Sink,
  depth: number,
): boolean {
  const { tree, names } = evaluator;
  let outer = node;
  for (
    let next = tree.parent(outer);
    next && COLLECTIONS.has(next.type);
    next = tree.parent(next)
  ) {
    outer = next;
  }
  const parent = tree.parent(outer);
  const left =
    parent?.type === 'assignment' && outer.field === 'right'
      ? fieldOf(parent, 'left')
      : undefined;
  if (!left) {
    const used =
      parent?.type === 'for_statement' || parent?.type === 'for_in_clause';
    return used && parent
      ? loops(evaluator, parent)
      : follow(evaluator, outer, sink, depth + 1);
  }
  const holders =
    left.type === 'identifier'
      ? names.bindingAt(left)?.variable.loads ?? []
      : attributes(evaluator, left);
  return holders.every(holder => {
    const use = tree.parent(holder);
    if (use?.type === 'subscript') {
      return follow(evaluator, use, sink, depth + 1) || depth > MAX_DEPTH;
    }
    const loop = tree.around(
      holder,
      new Set(['for_statement', 'for_in_clause', 'block', 'module']),
    );
    const looped = loop && fieldOf(loop, 'right');
    if (loop && looped && tree.isInside(holder, looped)) {
      return loops(evaluator, loop);
    }
    const call = use && tree.parent(use);
    if (use?.type === 'attribute' && call?.type === 'call') {
      const method = methodOf(tree, call);
      return (
        VALUES.test(method) &&
        (method !== 'get' || follow(evaluator, call, sink, depth + 1))
      );
    }
    return follow(evaluator, holder, sink, depth + 1);
  });
}

/** What a loop takes out of a collection is not put together with other text. */
function loops({ tree, names }: Evaluator, loop: CodeNode): boolean {
  const target = fieldOf(loop, 'left');
  return tree.identifiers
    .filter(other => target !== undefined && tree.isInside(other, target))
    .flatMap(other => names.bindingAt(other)?.variable.loads ?? [])
    .every(load => {
      const use = tree.parent(load)?.type;
      return use !== 'binary_operator' && use !== 'interpolation';
    });
}

/** Other places that name the same attribute. */
function attributes(evaluator: Evaluator, attribute: CodeNode): CodeNode[] {
  const name = fieldOf(attribute, 'attribute');
  return name
    ? attributesNamed(evaluator, evaluator.tree.textOf(name), name)
    : [];
}

/** Reads of an attribute, whatever it belongs to. */
function attributesNamed(
  { tree }: Evaluator,
  name: string,
  except: CodeNode | undefined,
): CodeNode[] {
  return tree.identifiers
    .filter(
      other =>
        other !== except &&
        other.field === 'attribute' &&
        tree.textOf(other) === name,
    )
    .flatMap(other => tree.parent(other) ?? [])
    .filter(
      node => tree.parent(node)?.type !== 'assignment' || node.field !== 'left',
    );
}
