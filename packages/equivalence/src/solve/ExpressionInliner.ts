import {
  columnParts,
  copyTree,
  isTreeNode,
  nodeAt,
  nodesAt,
  textAt,
  TreeNode,
  walkTree,
} from '../tree/QueryTree';
import { Condition } from './Condition';
import { bareVariable, Instance } from './ConditionSystem';
import { isAggregate, isCount, isValueAggregate } from './functionKinds';
import { CommonTable, fieldOf, Inlined, lookUp, Scope } from './Scope';
import { SystemBuilder, variablesIn } from './SystemBuilder';

/** A query taken apart: what its outputs are, and what rows have to satisfy. */
export interface FlatQuery {
  outputs: Map<string, Inlined>;
  required: Condition[];
}

/** Takes subqueries apart for the expressions that hold them. */
export interface QueryFlattener {
  query(
    node: TreeNode,
    tables: Map<string, CommonTable>,
    parent?: Scope,
  ): FlatQuery;
  /** Does something during which all tables belong to a scalar subquery. */
  pinned<T>(end: Instance['pinned'], work: () => T): T;
}

const UNKNOWN: Condition = { kind: 'unknown' };

/** Which end of a subquery's values an aggregate takes. */
function endOf(body: TreeNode): Instance['pinned'] {
  const [output] = nodesAt(body, 'select_list');
  let name = '';
  walkTree(output, node => {
    if (node.class === 'FUNCTION' && isAggregate(String(node.function_name))) {
      name ||= String(node.function_name).toLowerCase();
    }
    return true;
  });
  if (name === 'max') return 'high';
  return name === 'min' ? 'low' : 'any';
}

/** Rewrites expressions and conditions so that they read variables only. */
export class ExpressionInliner {
  readonly #builder: SystemBuilder;
  readonly #queries: QueryFlattener;

  constructor(builder: SystemBuilder, queries: QueryFlattener) {
    this.#builder = builder;
    this.#queries = queries;
  }

  /** Rewrites an expression so that it reads variables only. */
  inline(node: TreeNode, scope: Scope, locals?: Set<string>): Inlined {
    switch (node.class) {
      case 'COLUMN_REF':
        return this.#column(columnParts(node), scope, locals);
      case 'WINDOW':
        return this.#window(node, scope, locals);
      case 'SUBQUERY':
        return this.#scalar(node, scope);
      case 'CASE':
        for (const check of nodesAt(node, 'case_checks')) {
          const when = nodeAt(check, 'when_expr');
          if (when) this.#try(when, scope);
        }
        break;
      case 'LAMBDA': {
        const inner = new Set(locals);
        walkTree(node.lhs, part => {
          for (const name of columnParts(part)) inner.add(name.toLowerCase());
          return true;
        });
        return this.#children(node, scope, inner);
      }
      case 'FUNCTION': {
        const name = textAt(node, 'function_name');
        if (isAggregate(name)) return this.#aggregate(node, name, scope);
        break;
      }
      default:
    }
    return this.#children(node, scope, locals);
  }

  #try(node: TreeNode, scope: Scope): void {
    const condition = this.condition(node, scope);
    if (condition.kind !== 'unknown')
      this.#builder.system.optional.push(condition);
  }

  #column(parts: string[], scope: Scope, locals?: Set<string>): Inlined {
    if (locals?.has(parts[0].toLowerCase())) {
      return {
        class: 'COLUMN_REF',
        type: 'COLUMN_REF',
        alias: '',
        query_location: 0,
        column_names: parts,
      };
    }
    const { base, path } = lookUp(parts, scope);
    if (!base) return undefined;
    let tree = base;
    let rest = path;
    // A struct's field is a variable of its own, so that it can be chosen.
    for (;;) {
      const index = bareVariable(tree);
      const variable =
        index === undefined ? undefined : this.#builder.system.variables[index];
      if (!variable || variable.type.kind !== 'struct' || !rest.length) break;
      const wanted = rest[0].toLowerCase();
      const field = variable.type.fields.find(
        item => item.name.toLowerCase() === wanted,
      );
      if (!field) return undefined;
      tree = this.#builder.variable(
        variable.instance,
        variable.column,
        [...variable.path, field.name],
        field.type,
      );
      rest = rest.slice(1);
    }
    return rest.length > 0 ? fieldOf(copyTree(tree), rest) : copyTree(tree);
  }

  #aggregate(node: TreeNode, name: string, scope: Scope): Inlined {
    const filter = nodeAt(node, 'filter');
    if (filter) this.#try(filter, scope);
    const children = nodesAt(node, 'children').map(child =>
      this.inline(child, scope),
    );
    const [argument] = nodesAt(node, 'children');
    if (argument && ['count_if', 'bool_and', 'bool_or'].includes(name)) {
      this.#try(argument, scope);
    }
    return isValueAggregate(name) ? children[0] : undefined;
  }

  #window(node: TreeNode, scope: Scope, locals?: Set<string>): Inlined {
    for (const part of nodesAt(node, 'partitions')) {
      this.#builder.group(this.inline(part, scope, locals));
    }
    this.order(node, scope);
    const children = nodesAt(node, 'children').map(child =>
      this.inline(child, scope, locals),
    );
    return textAt(node, 'function_name') === 'count' ? undefined : children[0];
  }

  #scalar(node: TreeNode, scope: Scope): Inlined {
    const body = nodeAt(nodeAt(node, 'subquery') ?? {}, 'node');
    if (node.subquery_type !== 'SCALAR' || !body) return undefined;
    const flat = this.#queries.pinned(endOf(body), () =>
      this.#queries.query(body, scope.tables, scope),
    );
    this.#builder.system.required.push(...flat.required);
    this.#builder.system.inner.push(...flat.required);
    return flat.outputs.values().next().value;
  }

  #children(node: TreeNode, scope: Scope, locals?: Set<string>): Inlined {
    const copy: TreeNode = {};
    for (const [key, value] of Object.entries(node)) {
      if (Array.isArray(value)) {
        const items: unknown[] = [];
        for (const item of value) {
          if (!isTreeNode(item)) {
            items.push(item);
            continue;
          }
          const inner = this.#part(item, scope, locals);
          if (!inner) return undefined;
          items.push(inner);
        }
        copy[key] = items;
      } else if (isTreeNode(value)) {
        const inner = this.#part(value, scope, locals);
        if (!inner) return undefined;
        copy[key] = inner;
      } else {
        copy[key] = value;
      }
    }
    copy.alias = '';
    return copy;
  }

  #part(node: TreeNode, scope: Scope, locals?: Set<string>): Inlined {
    return 'class' in node && 'alias' in node
      ? this.inline(node, scope, locals)
      : this.#plain(node, scope, locals);
  }

  /** A part that is no expression, such as a type or a CASE's arm. */
  #plain(node: TreeNode, scope: Scope, locals?: Set<string>): Inlined {
    const copy = this.#children(node, scope, locals);
    if (copy && !('alias' in node)) delete copy.alias;
    return copy;
  }

  condition(node: TreeNode, scope: Scope): Condition {
    const parts = () =>
      nodesAt(node, 'children').map(child => this.condition(child, scope));
    if (node.type === 'CONJUNCTION_AND') return { kind: 'and', parts: parts() };
    if (node.type === 'CONJUNCTION_OR') return { kind: 'or', parts: parts() };
    if (node.type === 'OPERATOR_NOT') {
      const [part] = parts();
      return part ? { kind: 'not', part } : UNKNOWN;
    }
    if (node.class === 'SUBQUERY') return this.#membership(node, scope);
    const tree = this.inline(node, scope);
    if (tree) return this.#builder.atom(tree);
    this.#notice(node);
    return UNKNOWN;
  }

  /** EXISTS and IN: true when some row of the subquery can be met. */
  #membership(node: TreeNode, scope: Scope): Condition {
    const body = nodeAt(nodeAt(node, 'subquery') ?? {}, 'node');
    const kind = node.subquery_type;
    if (!body || (kind !== 'EXISTS' && kind !== 'ANY')) {
      return UNKNOWN;
    }
    const flat = this.#queries.query(body, scope.tables, scope);
    const parts = [...flat.required];
    const child = nodeAt(node, 'child');
    if (kind === 'ANY' && child) {
      const left = this.inline(child, scope);
      const right = flat.outputs.values().next().value;
      parts.push(
        left && right ? this.#builder.comparison(left, right) : UNKNOWN,
      );
    }
    return { kind: 'and', parts };
  }

  /** Notes the numbers that counts are compared with. */
  #notice(node: TreeNode): void {
    let counts = false;
    const numbers: number[] = [];
    walkTree(node, part => {
      const name = textAt(part, 'function_name');
      if (part.class === 'WINDOW' || isCount(name)) counts = true;
      if (part.class === 'COLUMN_REF') counts = true;
      const value = nodeAt(part, 'value');
      if (part.class === 'CONSTANT' && typeof value?.value === 'number') {
        numbers.push(value.value);
      }
      return part.class !== 'SUBQUERY';
    });
    if (counts) {
      this.#builder.system.thresholds.push(
        ...numbers.filter(item => Number.isInteger(item) && item >= 0),
      );
    }
  }

  /** Notes what a window or a LIMIT sorts by. */
  order(node: TreeNode, scope: Scope): void {
    for (const order of nodesAt(node, 'orders')) {
      const expression = nodeAt(order, 'expression');
      if (!expression) continue;
      for (const variable of variablesIn(this.inline(expression, scope))) {
        this.#builder.system.ordering.add(variable);
      }
    }
  }
}
