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

/** Names of which a query reads fields: `item` in `item.quantity`. */
function ownersIn(query: TreeNode): Set<string> {
  const owners = new Set<string>();
  walkTree(query, node => {
    const parts = columnParts(node);
    if (parts.length > 1) owners.add(parts[0].toLowerCase());
    return true;
  });
  return owners;
}

/** `(SELECT unnest(list, max_depth := 2)) AS name`: one column for each field. */
function asSubquery(ref: TreeNode, call: TreeNode, name: string): TreeNode {
  const depth: TreeNode = {
    class: 'CONSTANT',
    type: 'VALUE_CONSTANT',
    alias: 'max_depth',
    query_location: 0,
    value: {
      type: { id: 'INTEGER', type_info: null },
      is_null: false,
      value: 2,
    },
  };
  const node: TreeNode = {
    type: 'SELECT_NODE',
    modifiers: [],
    cte_map: { map: [] },
    select_list: [{ ...call, children: [...nodesAt(call, 'children'), depth] }],
    from_table: { type: 'EMPTY', alias: '', sample: null, query_location: 0 },
    where_clause: null,
    group_expressions: [],
    group_sets: [],
    aggregate_handling: 'STANDARD_HANDLING',
    having: null,
    sample: null,
    qualify: null,
  };
  return {
    type: 'SUBQUERY',
    alias: name,
    sample: null,
    query_location: ref.query_location,
    subquery: { node, named_param_map: [] },
    column_name_alias: [],
  };
}

/**
 * In BigQuery the fields of unnested structs are columns, under the name of
 * the items if they have one; in DuckDB the items are one column.
 *
 * @returns nothing where no UNNEST of structs is seen
 */
export function spellOutUnnest(query: TreeNode): TreeNode | undefined {
  const copy = copyTree(query);
  const owners = ownersIn(query);
  let changed = false;
  const replaced = (ref: unknown): unknown => {
    if (!isTreeNode(ref) || ref.type !== 'TABLE_FUNCTION') return ref;
    const call = nodeAt(ref, 'function');
    if (call?.function_name !== 'unnest') return ref;
    if (ref.with_ordinality === 'WITH_ORDINALITY') return ref;
    const [item] = Array.isArray(ref.column_name_alias)
      ? ref.column_name_alias.map(String)
      : [];
    const name = item ?? textAt(ref, 'alias');
    if (name && !owners.has(name.toLowerCase())) return ref;
    changed = true;
    return asSubquery(ref, call, name);
  };
  walkTree({ copy }, node => {
    for (const key of ['left', 'right', 'from_table']) {
      if (key in node) node[key] = replaced(node[key]);
    }
    return true;
  });
  return changed ? copy : undefined;
}
