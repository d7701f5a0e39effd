import {
  columnParts,
  isTreeNode,
  nodeAt,
  nodesAt,
  textAt,
  TreeNode,
  walkTree,
} from '../tree/QueryTree';
import { RESULTS } from './LearnedColumns';

/** A column that an expression's value comes from, with the field of it that is read. */
export interface ColumnUse {
  name: string;
  qualifier?: string;
  path: string[];
}

/** Functions that give one of their operands back. */
const PASSING =
  /^(min|max|any_value|arbitrary|first|last|lag|lead|first_value|last_value|nth_value|ifnull|nullif|greatest|least|arg_max|arg_min|mode|sum)$/;

/** A function's own result, in case nobody knows what that is. */
function resultOf(node: TreeNode): ColumnUse[] {
  const name = textAt(node, 'function_name');
  return node.class === 'FUNCTION' && node.is_operator !== true && name
    ? [{ name, qualifier: RESULTS, path: [] }]
    : [];
}

/** Which tables and columns stand behind the names of a query. */
export class QuerySources {
  /** By the lower-case name under which columns are qualified. */
  readonly #relations = new Map<string, TreeNode[]>();
  readonly #ctes = new Map<string, TreeNode[]>();
  readonly #outputs = new Map<string, TreeNode[]>();
  readonly #columns: TreeNode[] = [];

  constructor(query: TreeNode) {
    const add = (map: Map<string, TreeNode[]>, name: string, node: TreeNode) =>
      map.set(name.toLowerCase(), [
        ...(map.get(name.toLowerCase()) ?? []),
        node,
      ]);
    walkTree({ query }, (node, _, key) => {
      if (key === 'map') {
        const value = nodeAt(node, 'value');
        const body = value && nodeAt(nodeAt(value, 'query') ?? {}, 'node');
        if (body) add(this.#ctes, textAt(node, 'key'), body);
      }
      if (/^(BASE_TABLE|SUBQUERY|TABLE_FUNCTION)$/.test(textAt(node, 'type'))) {
        const items = node.column_name_alias;
        const item = Array.isArray(items) ? items[0] : undefined;
        const name = textAt(node, 'alias') || textAt(node, 'table_name');
        if (name) add(this.#relations, name, node);
        if (node.type === 'TABLE_FUNCTION' && typeof item === 'string') {
          add(this.#relations, item, node);
        }
      }
      for (const item of nodesAt(node, 'select_list')) {
        const alias = textAt(item, 'alias');
        if (alias) add(this.#outputs, alias, item);
      }
      if (node.class === 'COLUMN_REF') this.#columns.push(node);
      return true;
    });
  }

  /** How a reference is to be read: `table.column.field`, or `column.field`. */
  use(node: TreeNode): ColumnUse | undefined {
    const [first, second, ...rest] = columnParts(node);
    if (first === undefined) return undefined;
    if (second === undefined) return { name: first, path: [] };
    const relations = this.#relations.get(first.toLowerCase());
    const items = relations?.every(each => each.type === 'TABLE_FUNCTION');
    return relations && !items
      ? { qualifier: first, name: second, path: rest }
      : { name: first, path: [second, ...rest] };
  }

  /** Every path of fields that the query reads of columns of this name. */
  pathsOf(name: string): string[][] {
    return this.#columns.flatMap(node => {
      const use = this.use(node);
      const same = use?.name.toLowerCase() === name.toLowerCase();
      return use && same && use.path.length > 0 ? [use.path] : [];
    });
  }

  /** The lists whose items have this name, as in `UNNEST(list) AS name`. */
  listsOf(name: string): TreeNode[] {
    return (this.#relations.get(name.toLowerCase()) ?? [])
      .filter(node => node.type === 'TABLE_FUNCTION')
      .map(node => nodeAt(node, 'function'))
      .filter(node => node?.function_name === 'unnest')
      .flatMap(call => nodesAt(call, 'children').slice(0, 1));
  }

  /** Columns whose values an expression gives on, also through names of outputs. */
  valuesOf(
    node: TreeNode | undefined,
    seen = new Set<TreeNode>(),
  ): ColumnUse[] {
    if (!node || seen.has(node)) return [];
    seen.add(node);
    const all = (nodes: Array<TreeNode | undefined>) =>
      nodes.flatMap(each => this.valuesOf(each, seen));
    switch (node.class) {
      case 'COLUMN_REF': {
        const use = this.use(node);
        if (!use) return [];
        const behind = all([
          ...(this.#outputs.get(use.name.toLowerCase()) ?? []),
          ...this.listsOf(use.name),
        ]);
        return [
          use,
          ...behind.map(each => ({
            ...each,
            path: [...each.path, ...use.path],
          })),
        ];
      }
      case 'CASE':
        return all([
          ...nodesAt(node, 'case_checks').map(each =>
            nodeAt(each, 'then_expr'),
          ),
          nodeAt(node, 'else_expr'),
        ]);
      case 'OPERATOR':
        if (node.type === 'STRUCT_EXTRACT') {
          const [of, key] = nodesAt(node, 'children');
          const field = key && nodeAt(key, 'value')?.value;
          return typeof field === 'string'
            ? all([of]).map(use => ({ ...use, path: [...use.path, field] }))
            : [];
        }
        return node.type === 'OPERATOR_COALESCE'
          ? all(nodesAt(node, 'children'))
          : [];
      case 'FUNCTION':
      case 'WINDOW':
        return PASSING.test(textAt(node, 'function_name'))
          ? all(nodesAt(node, 'children'))
          : resultOf(node);
      case 'SUBQUERY': {
        const inner = nodeAt(nodeAt(node, 'subquery') ?? {}, 'node');
        return inner ? all(nodesAt(inner, 'select_list').slice(0, 1)) : [];
      }
      default:
        return [];
    }
  }

  /** Local tables whose columns a qualifier reaches, also through stars. */
  tablesNamed(name: string): string[] {
    const nodes = this.#relations.get(name.toLowerCase()) ?? [];
    return nodes.flatMap(node => this.tablesIn(node));
  }

  /** Local tables whose columns a FROM clause reaches, also through stars. */
  tablesIn(from: unknown, depth = 0): string[] {
    if (!isTreeNode(from) || depth > 20) return [];
    if (from.type === 'JOIN') {
      return [from.left, from.right].flatMap(each =>
        this.tablesIn(each, depth + 1),
      );
    }
    if (from.type === 'SUBQUERY') {
      const inner = nodeAt(nodeAt(from, 'subquery') ?? {}, 'node');
      return this.#behindStars(inner, depth + 1);
    }
    if (from.type !== 'BASE_TABLE') return [];
    const table = textAt(from, 'table_name');
    const bodies = this.#ctes.get(table.toLowerCase());
    return bodies
      ? bodies.flatMap(body => this.#behindStars(body, depth + 1))
      : [table];
  }

  #behindStars(query: TreeNode | undefined, depth: number): string[] {
    if (!query) return [];
    if (query.type === 'SET_OPERATION_NODE') {
      return [query.left, query.right, ...nodesAt(query, 'children')].flatMap(
        each => this.#behindStars(isTreeNode(each) ? each : undefined, depth),
      );
    }
    const star = nodesAt(query, 'select_list').some(
      item => item.class === 'STAR',
    );
    return star ? this.tablesIn(query.from_table, depth) : [];
  }
}
