import { visibleOf } from '../database/names';
import { BedTable } from '../prove/TestBed';
import {
  columnParts,
  copyTree,
  isTreeNode,
  nodeAt,
  nodesAt,
  nodesUnder,
  textAt,
  TreeNode,
  walkTree,
} from '../tree/QueryTree';
import { ColumnType } from '../types/ColumnType';
import { Condition } from './Condition';
import {
  bareVariable,
  ConditionSystem,
  Instance,
  VARIABLE_PREFIX,
} from './ConditionSystem';
import { isAggregate, isCount, isValueAggregate } from './functionKinds';
import {
  CommonTable,
  fieldOf,
  Inlined,
  lookUp,
  Relation,
  Scope,
} from './Scope';

const MAX_INSTANCES = 24;
const MAX_DEPTH = 40;

interface FlatQuery {
  outputs: Map<string, Inlined>;
  required: Condition[];
}

interface Sources {
  tables: BedTable[];
  /** Queries that stand behind a name, such as the old dataset's view. */
  views: Map<string, TreeNode>;
  /** Which part of every UNION to take. */
  branch: number;
}

const UNKNOWN: Condition = { kind: 'unknown' };

/** Takes a query apart into the conditions on its input rows. */
class Flattener {
  readonly system: ConditionSystem = {
    instances: [],
    variables: [],
    atoms: [],
    required: [],
    inner: [],
    optional: [],
    thresholds: [],
    grouping: new Set(),
    ordering: new Set(),
  };
  readonly #sources: Sources;
  #depth = 0;
  #pinned: Instance['pinned'];
  branches = 1;

  constructor(sources: Sources) {
    this.#sources = sources;
  }

  query(
    node: TreeNode,
    tables: Map<string, CommonTable>,
    parent?: Scope,
  ): FlatQuery {
    if (++this.#depth > MAX_DEPTH) {
      this.#depth--;
      return { outputs: new Map(), required: [] };
    }
    try {
      const inner = new Map(tables);
      const map = nodeAt(node, 'cte_map');
      for (const { key, value } of nodesAt(map, 'map')) {
        const query = isTreeNode(value) && nodeAt(value, 'query');
        const body = query && nodeAt(query, 'node');
        if (!body || !isTreeNode(value)) continue;
        inner.set(String(key).toLowerCase(), {
          query: body,
          columnNames: Array.isArray(value.aliases)
            ? value.aliases.map(String)
            : [],
          scope: new Map(inner),
        });
      }
      if (node.type === 'SET_OPERATION_NODE') {
        return this.#setOperation(node, inner, parent);
      }
      if (node.type !== 'SELECT_NODE') {
        return { outputs: new Map(), required: [] };
      }
      return this.#select(node, { relations: [], tables: inner, parent });
    } finally {
      this.#depth--;
    }
  }

  #setOperation(
    node: TreeNode,
    tables: Map<string, CommonTable>,
    parent?: Scope,
  ): FlatQuery {
    const sides = partsOfUnion(node);
    if (sides.length === 0) return { outputs: new Map(), required: [] };
    this.branches = Math.max(this.branches, sides.length);
    const chosen = this.#sources.branch % sides.length;
    const flat = this.query(sides[chosen], tables, parent);
    // The names of a union are those of its first part.
    if (chosen > 0) {
      const names = outputNames(sides[0]);
      const values = [...flat.outputs.values()];
      if (names.length === values.length) {
        flat.outputs = new Map(names.map((name, i) => [name, values[i]]));
      }
    }
    return flat;
  }

  #select(node: TreeNode, scope: Scope): FlatQuery {
    const required: Condition[] = [];
    const from = nodeAt(node, 'from_table');
    if (from) required.push(...this.#from(from, scope));
    const where = nodeAt(node, 'where_clause');
    if (where) required.push(this.condition(where, scope));
    const outputs = this.#outputs(node, scope);
    // HAVING and QUALIFY may use the names of the outputs.
    const named: Scope = {
      ...scope,
      parent: {
        relations: [{ alias: '', columns: outputs }],
        tables: scope.tables,
        parent: scope.parent,
      },
    };
    for (const key of ['having', 'qualify']) {
      const condition = nodeAt(node, key);
      if (condition) required.push(this.condition(condition, named));
    }
    for (const group of nodesAt(node, 'group_expressions')) {
      const value = nodeAt(group, 'value');
      const position = Number(value?.value);
      const tree =
        group.class === 'CONSTANT' && position > 0
          ? [...outputs.values()][position - 1]
          : this.inline(group, named);
      this.#group(tree);
    }
    for (const modifier of nodesAt(node, 'modifiers')) {
      this.#order(modifier, named);
    }
    if (node.aggregate_handling === 'FORCE_AGGREGATES') {
      for (const tree of outputs.values()) this.#group(tree);
    }
    return { outputs, required };
  }

  #group(tree: Inlined): void {
    for (const variable of variablesIn(tree)) {
      this.system.grouping.add(variable);
    }
  }

  /** Notes what a window or a LIMIT sorts by. */
  #order(node: TreeNode, scope: Scope): void {
    for (const order of nodesAt(node, 'orders')) {
      const expression = nodeAt(order, 'expression');
      if (!expression) continue;
      for (const variable of variablesIn(this.inline(expression, scope))) {
        this.system.ordering.add(variable);
      }
    }
  }

  #outputs(node: TreeNode, scope: Scope): Map<string, Inlined> {
    const outputs = new Map<string, Inlined>();
    for (const item of nodesAt(node, 'select_list')) {
      if (item.class === 'STAR') {
        this.#star(item, scope, outputs);
        continue;
      }
      const name =
        textAt(item, 'alias') ||
        columnParts(item).at(-1) ||
        `mig_unnamed_${outputs.size}`;
      outputs.set(name.toLowerCase(), this.inline(item, scope));
    }
    return outputs;
  }

  #star(item: TreeNode, scope: Scope, outputs: Map<string, Inlined>): void {
    const owner = textAt(item, 'relation_name').toLowerCase();
    const excluded = new Set(
      (Array.isArray(item.exclude_list) ? item.exclude_list : []).map(name =>
        String(name).toLowerCase(),
      ),
    );
    for (const relation of scope.relations) {
      if (owner && relation.alias.toLowerCase() !== owner) continue;
      for (const [name, tree] of relation.columns) {
        if (!excluded.has(name) && !outputs.has(name)) outputs.set(name, tree);
      }
    }
    for (const { key, value } of nodesAt(item, 'replace_list')) {
      if (isTreeNode(value)) {
        outputs.set(String(key).toLowerCase(), this.inline(value, scope));
      }
    }
  }

  #from(ref: TreeNode, scope: Scope): Condition[] {
    switch (ref.type) {
      case 'BASE_TABLE':
        return this.#table(ref, scope);
      case 'SUBQUERY': {
        const body = nodeAt(nodeAt(ref, 'subquery') ?? {}, 'node');
        if (!body) return [];
        const flat = this.query(body, scope.tables, scope);
        scope.relations.push(relationOf(ref, flat.outputs));
        return flat.required;
      }
      case 'JOIN':
        return this.#join(ref, scope);
      case 'TABLE_FUNCTION':
        this.#unnest(ref, scope);
        return [];
      default:
        return [];
    }
  }

  #join(ref: TreeNode, scope: Scope): Condition[] {
    const required: Condition[] = [];
    const before = scope.relations.length;
    const left = nodeAt(ref, 'left');
    if (left) required.push(...this.#from(left, scope));
    const middle = scope.relations.length;
    const right = nodeAt(ref, 'right');
    if (right) required.push(...this.#from(right, scope));
    const condition = nodeAt(ref, 'condition');
    if (condition) required.push(this.condition(condition, scope));
    const names = Array.isArray(ref.using_columns)
      ? ref.using_columns.map(name => String(name).toLowerCase())
      : [];
    for (const name of names) {
      const find = (relations: Relation[]) =>
        relations.find(item => item.columns.has(name))?.columns.get(name);
      const one = find(scope.relations.slice(before, middle));
      const other = find(scope.relations.slice(middle));
      if (one && other) required.push(this.#comparison(one, other));
    }
    return required;
  }

  #comparison(left: TreeNode, right: TreeNode): Condition {
    return this.#atom({
      class: 'COMPARISON',
      type: 'COMPARE_EQUAL',
      alias: '',
      query_location: 0,
      left: copyTree(left),
      right: copyTree(right),
    });
  }

  #table(ref: TreeNode, scope: Scope): Condition[] {
    const name = textAt(ref, 'table_name');
    const key = name.toLowerCase();
    const common = scope.tables.get(key);
    if (common) {
      const flat = this.query(common.query, common.scope);
      const values = [...flat.outputs];
      const outputs = new Map(
        values.map(([own, tree], index) => [
          common.columnNames[index]?.toLowerCase() ?? own,
          tree,
        ]),
      );
      scope.relations.push(relationOf(ref, outputs, name));
      return flat.required;
    }
    const view = this.#sources.views.get(key);
    if (view) {
      const flat = this.query(view, new Map());
      scope.relations.push(relationOf(ref, flat.outputs, name));
      return flat.required;
    }
    const table = this.#sources.tables.find(
      item => item.local === key || visibleOf(item.local) === key,
    );
    if (!table || this.system.instances.length >= MAX_INSTANCES) {
      scope.relations.push({
        alias: textAt(ref, 'alias') || name,
        columns: new Map(),
      });
      return [];
    }
    const instance = this.system.instances.length;
    this.system.instances.push({ table: table.local, pinned: this.#pinned });
    const columns = new Map(
      [...table.columns, ...table.hidden].map((column, index) => [
        column.name.toLowerCase(),
        this.#variable(instance, index, [], column.type),
      ]),
    );
    scope.relations.push(relationOf(ref, columns, name));
    return [];
  }

  #unnest(ref: TreeNode, scope: Scope): void {
    const call = nodeAt(ref, 'function');
    const [list] = nodesAt(call, 'children');
    const alias = textAt(ref, 'alias') || 'unnest';
    const names = Array.isArray(ref.column_name_alias)
      ? ref.column_name_alias.map(String)
      : [];
    const columns = new Map<string, Inlined>();
    const tree =
      call?.function_name === 'unnest' && list
        ? this.inline(list, scope)
        : undefined;
    const variable = tree && bareVariable(tree);
    const source =
      variable === undefined ? undefined : this.system.variables[variable];
    const item =
      source?.type.kind === 'array'
        ? this.#variable(
            source.instance,
            source.column,
            [...source.path, '[]'],
            source.type.item,
          )
        : undefined;
    columns.set((names[0] ?? 'unnest').toLowerCase(), item);
    if (!names[0]) columns.set(alias.toLowerCase(), item);
    if (names[1]) columns.set(names[1].toLowerCase(), undefined);
    scope.relations.push({ alias, columns });
  }

  #variable(
    instance: number,
    column: number,
    path: string[],
    type: ColumnType,
  ): TreeNode {
    const { variables } = this.system;
    let index = variables.findIndex(
      item =>
        item.instance === instance &&
        item.column === column &&
        item.path.join('.') === path.join('.'),
    );
    if (index < 0) {
      index = variables.length;
      variables.push({ instance, column, path, type });
    }
    return {
      class: 'COLUMN_REF',
      type: 'COLUMN_REF',
      alias: '',
      query_location: 0,
      column_names: [`${VARIABLE_PREFIX}${index}`],
    };
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
    if (condition.kind !== 'unknown') this.system.optional.push(condition);
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
        index === undefined ? undefined : this.system.variables[index];
      if (!variable || variable.type.kind !== 'struct' || !rest.length) break;
      const wanted = rest[0].toLowerCase();
      const field = variable.type.fields.find(
        item => item.name.toLowerCase() === wanted,
      );
      if (!field) return undefined;
      tree = this.#variable(
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
      this.#group(this.inline(part, scope, locals));
    }
    this.#order(node, scope);
    const children = nodesAt(node, 'children').map(child =>
      this.inline(child, scope, locals),
    );
    return textAt(node, 'function_name') === 'count' ? undefined : children[0];
  }

  #scalar(node: TreeNode, scope: Scope): Inlined {
    const body = nodeAt(nodeAt(node, 'subquery') ?? {}, 'node');
    if (node.subquery_type !== 'SCALAR' || !body) return undefined;
    const outer = this.#pinned;
    this.#pinned = endOf(body);
    const flat = this.query(body, scope.tables, scope);
    this.#pinned = outer;
    this.system.required.push(...flat.required);
    this.system.inner.push(...flat.required);
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
    if (tree) return this.#atom(tree);
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
    const flat = this.query(body, scope.tables, scope);
    const parts = [...flat.required];
    const child = nodeAt(node, 'child');
    if (kind === 'ANY' && child) {
      const left = this.inline(child, scope);
      const right = flat.outputs.values().next().value;
      parts.push(left && right ? this.#comparison(left, right) : UNKNOWN);
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
      this.system.thresholds.push(
        ...numbers.filter(item => Number.isInteger(item) && item >= 0),
      );
    }
  }

  #atom(tree: TreeNode): Condition {
    const { atoms } = this.system;
    const text = JSON.stringify(tree, (key, value) =>
      key === 'query_location' ? undefined : value,
    );
    const known = atoms.findIndex(
      atom =>
        JSON.stringify(atom.tree, (key, value) =>
          key === 'query_location' ? undefined : value,
        ) === text,
    );
    if (known >= 0) return { kind: 'atom', atom: known };
    atoms.push({ tree, variables: [...variablesIn(tree)] });
    return { kind: 'atom', atom: atoms.length - 1 };
  }
}

/** The variables that a tree reads. */
export function variablesIn(tree: Inlined): Set<number> {
  const found = new Set<number>();
  walkTree(tree, node => {
    const index = bareVariable(node);
    if (index !== undefined) found.add(index);
    return true;
  });
  return found;
}

function relationOf(
  ref: TreeNode,
  outputs: Map<string, Inlined>,
  name = '',
): Relation {
  const renamed = Array.isArray(ref.column_name_alias)
    ? ref.column_name_alias.map(item => String(item).toLowerCase())
    : [];
  return {
    alias: textAt(ref, 'alias') || name,
    columns: new Map(
      [...outputs].map(([own, tree], index) => [renamed[index] ?? own, tree]),
    ),
  };
}

function outputNames(node: TreeNode): string[] {
  const left = nodeAt(node, 'left') ?? nodesAt(node, 'children')[0];
  if (node.type === 'SET_OPERATION_NODE' && left) return outputNames(left);
  return nodesAt(node, 'select_list').map((item, index) =>
    (
      textAt(item, 'alias') ||
      columnParts(item).at(-1) ||
      `mig_unnamed_${index}`
    ).toLowerCase(),
  );
}

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

/** The queries that a set operation puts together, from left to right. */
function partsOfUnion(node: TreeNode): TreeNode[] {
  if (node.type !== 'SET_OPERATION_NODE') return [node];
  const sides = nodesUnder(node, ['left', 'right']);
  return [...sides, ...nodesAt(node, 'children')].flatMap(part =>
    partsOfUnion(part),
  );
}

/** At most so many ways through a query's UNIONs are followed. */
const MAX_SYSTEMS = 6;

/** The conditions on the way to a query's output: one system for each part of its UNIONs. */
export function flattenQuery(
  query: TreeNode,
  tables: BedTable[],
  views: Map<string, TreeNode>,
): ConditionSystem[] {
  const systems: ConditionSystem[] = [];
  let branches = 1;
  for (let branch = 0; branch < Math.min(branches, MAX_SYSTEMS); branch++) {
    const flattener = new Flattener({ tables, views, branch });
    const flat = flattener.query(query, new Map());
    flattener.system.required.push(...flat.required);
    systems.push(flattener.system);
    branches = Math.max(branches, flattener.branches);
  }
  return systems;
}
