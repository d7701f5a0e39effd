import { visibleOf } from '../database/names';
import { BedTable } from '../prove/TestBed';
import {
  columnParts,
  isTreeNode,
  nodeAt,
  nodesAt,
  nodesUnder,
  textAt,
  TreeNode,
} from '../tree/QueryTree';
import { Condition } from './Condition';
import { bareVariable, ConditionSystem, Instance } from './ConditionSystem';
import {
  ExpressionInliner,
  FlatQuery,
  QueryFlattener,
} from './ExpressionInliner';
import { CommonTable, Inlined, Relation, Scope } from './Scope';
import { SystemBuilder } from './SystemBuilder';

const MAX_INSTANCES = 24;
const MAX_DEPTH = 40;

/** What a query's tables are. */
export interface Sources {
  tables: BedTable[];
  /** Queries that stand behind a name, such as the old dataset's view. */
  views: Map<string, TreeNode>;
  /** Which part of every UNION to take. */
  branch: number;
}

/** Takes a query apart into the conditions on its input rows. */
export class Flattener implements QueryFlattener {
  readonly #builder = new SystemBuilder();
  readonly #inliner = new ExpressionInliner(this.#builder, this);
  readonly #sources: Sources;
  #depth = 0;
  #pinned: Instance['pinned'];
  /** How many ways through its UNIONs the query has. */
  branches = 1;

  constructor(sources: Sources) {
    this.#sources = sources;
  }

  get system(): ConditionSystem {
    return this.#builder.system;
  }

  pinned<T>(end: Instance['pinned'], work: () => T): T {
    const outer = this.#pinned;
    this.#pinned = end;
    try {
      return work();
    } finally {
      this.#pinned = outer;
    }
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
    if (where) required.push(this.#inliner.condition(where, scope));
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
      if (condition) required.push(this.#inliner.condition(condition, named));
    }
    for (const group of nodesAt(node, 'group_expressions')) {
      const value = nodeAt(group, 'value');
      const position = Number(value?.value);
      const tree =
        group.class === 'CONSTANT' && position > 0
          ? [...outputs.values()][position - 1]
          : this.#inliner.inline(group, named);
      this.#builder.group(tree);
    }
    for (const modifier of nodesAt(node, 'modifiers')) {
      this.#inliner.order(modifier, named);
    }
    if (node.aggregate_handling === 'FORCE_AGGREGATES') {
      for (const tree of outputs.values()) this.#builder.group(tree);
    }
    return { outputs, required };
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
      outputs.set(name.toLowerCase(), this.#inliner.inline(item, scope));
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
        outputs.set(
          String(key).toLowerCase(),
          this.#inliner.inline(value, scope),
        );
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
    if (condition) required.push(this.#inliner.condition(condition, scope));
    const names = Array.isArray(ref.using_columns)
      ? ref.using_columns.map(name => String(name).toLowerCase())
      : [];
    for (const name of names) {
      const find = (relations: Relation[]) =>
        relations.find(item => item.columns.has(name))?.columns.get(name);
      const one = find(scope.relations.slice(before, middle));
      const other = find(scope.relations.slice(middle));
      if (one && other) required.push(this.#builder.comparison(one, other));
    }
    return required;
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
    if (!table || this.#builder.system.instances.length >= MAX_INSTANCES) {
      scope.relations.push({
        alias: textAt(ref, 'alias') || name,
        columns: new Map(),
      });
      return [];
    }
    const instance = this.#builder.system.instances.length;
    this.#builder.system.instances.push({
      table: table.local,
      pinned: this.#pinned,
    });
    const columns = new Map(
      [...table.columns, ...table.hidden].map((column, index) => [
        column.name.toLowerCase(),
        this.#builder.variable(instance, index, [], column.type),
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
        ? this.#inliner.inline(list, scope)
        : undefined;
    const variable = tree && bareVariable(tree);
    const source =
      variable === undefined
        ? undefined
        : this.#builder.system.variables[variable];
    const item =
      source?.type.kind === 'array'
        ? this.#builder.variable(
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

/** The queries that a set operation puts together, from left to right. */
function partsOfUnion(node: TreeNode): TreeNode[] {
  if (node.type !== 'SET_OPERATION_NODE') return [node];
  const sides = nodesUnder(node, ['left', 'right']);
  return [...sides, ...nodesAt(node, 'children')].flatMap(part =>
    partsOfUnion(part),
  );
}
