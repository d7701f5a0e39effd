import { ProverDatabase } from '../database/ProverDatabase';
import { quoteText } from '../database/names';

/** A node of DuckDB's own parse tree, as `json_serialize_sql` gives it. */
export type TreeNode = { [key: string]: unknown };

/** Larger than a JSON number can hold; only says «nowhere». */
const NOWHERE = /"query_location":18446744073709551615/g;

export function isTreeNode(value: unknown): value is TreeNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function nodeAt(node: TreeNode, key: string): TreeNode | undefined {
  const value = node[key];
  return isTreeNode(value) ? value : undefined;
}

export function nodesAt(node: TreeNode | undefined, key: string): TreeNode[] {
  const value = node?.[key];
  return Array.isArray(value) ? value.filter(isTreeNode) : [];
}

/** The children under some keys, as far as they are there. */
export function nodesUnder(node: TreeNode, keys: string[]): TreeNode[] {
  return keys.map(key => node[key]).filter(isTreeNode);
}

export function textAt(node: TreeNode, key: string): string {
  const value = node[key];
  return typeof value === 'string' ? value : '';
}

/** The parts of a column's name: `['t', 'a']` for `t.a`. */
export function columnParts(node: TreeNode): string[] {
  const parts = node.column_names;
  return node.class === 'COLUMN_REF' && Array.isArray(parts)
    ? parts.map(String)
    : [];
}

export function copyTree<T>(node: T): T {
  return structuredClone(node);
}

/** Parents first; return false to stay out of a node. */
export function walkTree(
  value: unknown,
  visit: (node: TreeNode, parent: TreeNode | undefined, key: string) => boolean,
  parent?: TreeNode,
  key = '',
): void {
  if (Array.isArray(value)) {
    for (const item of value) walkTree(item, visit, parent, key);
    return;
  }
  if (!isTreeNode(value)) return;
  if (!visit(value, parent, key)) return;
  for (const [name, child] of Object.entries(value)) {
    if (typeof child === 'object') walkTree(child, visit, value, name);
  }
}

/**
 * DuckDB's tree of one query.
 *
 * @returns nothing for what DuckDB cannot serialize
 */
export async function parseTree(
  database: ProverDatabase,
  sql: string,
): Promise<TreeNode | undefined> {
  try {
    const { rows } = await database.query(
      `SELECT json_serialize_sql(${quoteText(sql)})`,
    );
    const parsed: unknown = JSON.parse(
      String(rows[0][0]).replace(NOWHERE, '"query_location":0'),
    );
    if (!isTreeNode(parsed) || parsed.error === true) return undefined;
    const [statement] = nodesAt(parsed, 'statements');
    return statement && nodeAt(statement, 'node');
  } catch {
    return undefined;
  }
}

const EMPTY_SELECT: TreeNode = {
  type: 'SELECT_NODE',
  modifiers: [],
  cte_map: { map: [] },
  select_list: [],
  from_table: {
    type: 'EMPTY',
    alias: '',
    sample: null,
    query_location: 0,
  },
  where_clause: null,
  group_expressions: [],
  group_sets: [],
  aggregate_handling: 'STANDARD_HANDLING',
  having: null,
  sample: null,
  qualify: null,
};

const TRUE: TreeNode = {
  class: 'CONSTANT',
  type: 'VALUE_CONSTANT',
  alias: '',
  query_location: 0,
  value: {
    type: { id: 'BOOLEAN', type_info: null },
    is_null: false,
    value: true,
  },
};

function withoutCross(value: unknown): unknown {
  if (!isTreeNode(value) || value.type !== 'JOIN') return value;
  if (value.ref_type !== 'CROSS') return value;
  return {
    ...value,
    ref_type: 'REGULAR',
    join_type: 'INNER',
    condition: TRUE,
    left: withoutCross(value.left),
    right: withoutCross(value.right),
  };
}

/**
 * A cross join is printed as a comma, which binds less than JOIN does: inside of
 * another join it is spelled out.
 */
function spellOutCross(_: string, value: unknown): unknown {
  return isTreeNode(value) &&
    value.type === 'JOIN' &&
    value.ref_type !== 'CROSS'
    ? {
        ...value,
        left: withoutCross(value.left),
        right: withoutCross(value.right),
      }
    : value;
}

/** The texts of many queries' trees, in one go. */
export async function printTrees(
  database: ProverDatabase,
  queries: TreeNode[],
): Promise<string[]> {
  if (queries.length === 0) return [];
  const columns = queries.map(node => {
    const document = JSON.stringify(
      { error: false, statements: [{ node, named_param_map: [] }] },
      spellOutCross,
    );
    return `json_deserialize_sql(${quoteText(document)}::JSON)`;
  });
  const { rows } = await database.query(`SELECT ${columns.join(', ')}`);
  return rows[0].map(String);
}

/** The texts of many expressions, in one go. */
export async function printExpressions(
  database: ProverDatabase,
  expressions: TreeNode[],
): Promise<string[]> {
  const texts = await printTrees(
    database,
    expressions.map(item => ({ ...EMPTY_SELECT, select_list: [item] })),
  );
  return texts.map(text => text.replace(/^SELECT /, ''));
}
