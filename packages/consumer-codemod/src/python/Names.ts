import { CodeNode } from '../treeSitter/CodeParser';
import { fieldOf, namedOf, PyTree } from './PyTree';

/** One place that gives a name its value. */
export interface Binding {
  kind: 'assign' | 'augment' | 'parameter' | 'other';
  /** The name. */
  node: CodeNode;
  /** `assign` and `augment`: what is assigned. */
  value?: CodeNode;
  variable: Variable;
}

/** A name in the scope that it belongs to. */
export interface Variable {
  name: string;
  scope: CodeNode;
  bindings: Binding[];
  loads: CodeNode[];
}

const SCOPES = new Set([
  'module',
  'function_definition',
  'class_definition',
  'lambda',
  'list_comprehension',
  'set_comprehension',
  'dictionary_comprehension',
  'generator_expression',
]);
const LOOPS = new Set(['for_statement', 'while_statement']);

/** Which name means what: Python's scopes, without what happens at run time. */
export class Names {
  readonly #variables = new Map<CodeNode, Map<string, Variable>>();
  readonly #ofNode = new Map<CodeNode, Variable>();
  readonly #bindingOf = new Map<CodeNode, Binding>();

  constructor(readonly tree: PyTree) {
    const globals = this.#globals();
    const loads: CodeNode[] = [];
    for (const node of tree.identifiers) {
      const role = this.#roleOf(node);
      if (role === 'load') {
        loads.push(node);
      } else if (role !== undefined) {
        const scope = this.#scopeFor(node, role.kind, globals);
        this.#bind(scope, node, role);
      }
    }
    this.#noteNonlocal();
    for (const node of loads) {
      const variable = this.#lookup(node);
      if (variable) {
        variable.loads.push(node);
        this.#ofNode.set(node, variable);
      }
    }
  }

  /** The variable that a name stands for; nothing for built-ins and the unknown. */
  variableOf(node: CodeNode): Variable | undefined {
    return this.#ofNode.get(node);
  }

  bindingAt(node: CodeNode): Binding | undefined {
    return this.#bindingOf.get(node);
  }

  /** The one binding whose value a load sees, if the code is straight enough to tell. */
  reaching(load: CodeNode): Binding | undefined {
    const variable = this.#ofNode.get(load);
    return variable && this.reachingAt(variable, load);
  }

  /** The one binding whose value a variable has where a node is evaluated. */
  reachingAt(variable: Variable, load: CodeNode): Binding | undefined {
    const { bindings } = variable;
    if (bindings.length === 1 && bindings[0].node !== load) {
      return bindings[0];
    }
    if (this.#scopeAround(load) !== variable.scope) {
      return undefined;
    }
    const before = bindings.filter(binding => this.#precedes(binding, load));
    const last = before[before.length - 1];
    if (!last) {
      return undefined;
    }
    const block = this.tree.parent(this.tree.statementOf(last.node));
    if (!block || !this.tree.isInside(load, block)) {
      return undefined;
    }
    const again = bindings.some(
      binding =>
        binding !== last &&
        !before.includes(binding) &&
        this.#sharesLoop(binding.node, load, last.node),
    );
    return again ? undefined : last;
  }

  #precedes(binding: Binding, load: CodeNode): boolean {
    // The right side of an assignment sees the value before it.
    return this.tree.statementOf(binding.node).type === 'expression_statement'
      ? this.tree.statementOf(binding.node).end <= load.start
      : binding.node.end <= load.start;
  }

  #sharesLoop(a: CodeNode, b: CodeNode, without: CodeNode): boolean {
    let loop = this.tree.around(b, LOOPS);
    while (loop) {
      if (this.tree.isInside(a, loop) && !this.tree.isInside(without, loop)) {
        return true;
      }
      const parent = this.tree.parent(loop);
      loop = parent && this.tree.around(parent, LOOPS);
    }
    return false;
  }

  #globals(): Map<CodeNode, Set<string>> {
    const globals = new Map<CodeNode, Set<string>>();
    for (const node of this.tree.identifiers) {
      const parent = this.tree.parent(node);
      if (
        parent?.type === 'global_statement' ||
        parent?.type === 'nonlocal_statement'
      ) {
        const scope = this.#scopeAround(node);
        const names = globals.get(scope) ?? new Set();
        globals.set(scope, names.add(this.tree.textOf(node)));
      }
    }
    return globals;
  }

  /** A name that an inner function may set has no one value. */
  #noteNonlocal() {
    for (const node of this.tree.identifiers) {
      if (this.tree.parent(node)?.type !== 'nonlocal_statement') {
        continue;
      }
      const name = this.tree.textOf(node);
      for (const names of this.#variables.values()) {
        const variable = names.get(name);
        variable?.bindings.push({ kind: 'augment', node, variable });
      }
    }
  }

  #scopeAround(node: CodeNode): CodeNode {
    return this.tree.around(node, SCOPES) ?? this.tree.root;
  }

  #scopeFor(
    node: CodeNode,
    kind: Binding['kind'],
    globals: ReadonlyMap<CodeNode, ReadonlySet<string>>,
  ): CodeNode {
    const parent = this.tree.parent(node);
    let scope = this.#scopeAround(node);
    const definition =
      parent?.type === 'function_definition' ||
      parent?.type === 'class_definition';
    if (definition && kind === 'other' && parent && node.field === 'name') {
      const outer = this.tree.parent(parent);
      scope = outer ? this.#scopeAround(outer) : this.tree.root;
    }
    return globals.get(scope)?.has(this.tree.textOf(node))
      ? this.tree.root
      : scope;
  }

  #bind(
    scope: CodeNode,
    node: CodeNode,
    role: { kind: Binding['kind']; value?: CodeNode },
  ) {
    const name = this.tree.textOf(node);
    const names = this.#variables.get(scope) ?? new Map<string, Variable>();
    this.#variables.set(scope, names);
    const variable = names.get(name) ?? {
      name,
      scope,
      bindings: [],
      loads: [],
    };
    names.set(name, variable);
    const binding: Binding = { ...role, node, variable };
    variable.bindings.push(binding);
    this.#bindingOf.set(node, binding);
  }

  #lookup(node: CodeNode): Variable | undefined {
    const name = this.tree.textOf(node);
    let scope: CodeNode | undefined = this.#scopeAround(node);
    let first = true;
    while (scope) {
      const found = this.#variables.get(scope)?.get(name);
      // A class's names are not seen in its methods.
      if (found && (first || scope.type !== 'class_definition')) {
        return found;
      }
      first = false;
      const outer = this.tree.parent(scope);
      scope = outer && this.#scopeAround(outer);
    }
    return undefined;
  }

  #roleOf(
    node: CodeNode,
  ): 'load' | { kind: Binding['kind']; value?: CodeNode } | undefined {
    const { tree } = this;
    const parent = tree.parent(node);
    if (!parent) {
      return undefined;
    }
    switch (parent.type) {
      case 'attribute':
        return node.field === 'attribute' ? undefined : 'load';
      case 'keyword_argument':
        return node.field === 'name' ? undefined : 'load';
      case 'assignment':
        if (node.field !== 'left') {
          return 'load';
        }
        return { kind: 'assign', value: fieldOf(parent, 'right') };
      case 'augmented_assignment':
        return node.field === 'left'
          ? { kind: 'augment', value: fieldOf(parent, 'right') }
          : 'load';
      case 'named_expression':
        return node.field === 'name'
          ? { kind: 'assign', value: fieldOf(parent, 'value') }
          : 'load';
      case 'parameters':
      case 'lambda_parameters':
        return { kind: 'parameter' };
      case 'default_parameter':
      case 'typed_default_parameter':
        return node.field === 'name' ? { kind: 'parameter' } : 'load';
      case 'typed_parameter':
        return namedOf(parent)[0] === node ? { kind: 'parameter' } : 'load';
      case 'function_definition':
      case 'class_definition':
        return node.field === 'name' ? { kind: 'other' } : 'load';
      case 'for_statement':
      case 'for_in_clause':
        return node.field === 'left' ? { kind: 'other' } : 'load';
      case 'dotted_name':
      case 'aliased_import':
        return this.#importRole(node, parent);
      case 'global_statement':
      case 'nonlocal_statement':
        return undefined;
      case 'as_pattern_target':
      case 'delete_statement':
      case 'case_pattern':
      case 'list_splat_pattern':
      case 'dictionary_splat_pattern':
      case 'pattern_list':
      case 'tuple_pattern':
      case 'list_pattern':
        return { kind: 'other' };
      default:
        return 'load';
    }
  }

  #importRole(node: CodeNode, parent: CodeNode): { kind: 'other' } | undefined {
    if (parent.type === 'aliased_import') {
      return node.field === 'alias' ? { kind: 'other' } : undefined;
    }
    const statement = this.tree.parent(parent);
    const bound =
      statement?.type === 'import_statement' ||
      (statement?.type === 'import_from_statement' &&
        parent.field !== 'module_name');
    return bound && namedOf(parent)[0] === node ? { kind: 'other' } : undefined;
  }
}
