import { ProverDatabase } from '../database/ProverDatabase';
import { callNode } from '../mutate/nodes';
import {
  copyTree,
  nodeAt,
  nodesAt,
  parseTree,
  printTrees,
  textAt,
  TreeNode,
  walkTree,
} from '../tree/QueryTree';

const LISTS = /^(array_agg|list|string_agg|group_concat|listagg)$/;
const MAY_HAVE_LISTS =
  /\b(array_agg|list|string_agg|group_concat|listagg)\s*\(/i;

/** An order that nobody writes: a list that lost its ORDER BY does not fall into it again. */
function hashOf(item: TreeNode): TreeNode {
  return callNode('hash', [
    {
      class: 'CAST',
      type: 'OPERATOR_CAST',
      alias: '',
      query_location: 0,
      child: { ...copyTree(item), alias: '' },
      cast_type: { id: 'VARCHAR', type_info: null },
      try_cast: false,
    },
  ]);
}

/** A copy of a tree in which aggregates sort their lists by hashes of the items last; nothing where there are none. */
export function withOrderedLists(tree: TreeNode): TreeNode | undefined {
  const copy = copyTree(tree);
  let changed = false;
  walkTree(copy, node => {
    const [item] = nodesAt(node, 'children');
    const order = nodeAt(node, 'order_bys');
    const name = textAt(node, 'function_name').toLowerCase();
    if (node.class === 'FUNCTION' && LISTS.test(name) && item && order) {
      changed = true;
      order.orders = [
        ...nodesAt(order, 'orders'),
        {
          type: 'ASCENDING',
          null_order: 'NULLS FIRST',
          expression: hashOf(item),
        },
      ];
    }
    return true;
  });
  return changed ? copy : undefined;
}

/**
 * Puts items that an aggregate leaves in any order in one that they alone decide about. Which
 * lists it can give is decided by the items and what they are sorted by alone: queries
 * with the same items give the same list, whatever the engine reads first.
 *
 * @returns the query as it was where it has no such aggregate, or cannot be changed so
 */
export async function orderLists(
  database: ProverDatabase,
  sql: string,
): Promise<string> {
  if (!MAY_HAVE_LISTS.test(sql)) return sql;
  const tree = await parseTree(database, sql);
  const ordered = tree && withOrderedLists(tree);
  if (!ordered) return sql;
  try {
    const [text] = await printTrees(database, [ordered]);
    await database.query(`DESCRIBE ${text}`);
    return text;
  } catch {
    return sql;
  }
}
