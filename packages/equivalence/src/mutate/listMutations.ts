import {
  columnParts,
  copyTree,
  isTreeNode,
  nodeAt,
  nodesAt,
  textAt,
  TreeNode,
} from '../tree/QueryTree';
import { columnMutations, MutableTable } from './columnMutations';
import { conditionMutations } from './conditionMutations';
import { Mutation } from './Mutation';

/** A node with the way to it from the root. */
export interface Site {
  node: TreeNode;
  path: string[];
  /** Name of the output that the node is, if it is one. */
  output?: string;
  /** True inside of GROUP BY and ORDER BY, where numbers are positions. */
  positional: boolean;
  /** True where only order and equality count: adding one changes nothing. */
  monotone: boolean;
  /** What else is in the list of modifiers that the node is in. */
  siblings?: TreeNode[];
}

const SORTING = new Set(['orders', 'partitions', 'group_expressions']);
const SKIPPED = new Set(['query_location', 'value', 'cast_type', 'modifiers']);

function outputName(node: TreeNode): string | undefined {
  return textAt(node, 'alias') || columnParts(node).at(-1);
}

/** Every node of a query that a mistake can be made in. */
function sitesOf(query: TreeNode): Site[] {
  const sites: Site[] = [];
  const visit = (value: unknown, path: string[], site: Partial<Site>): void => {
    if (Array.isArray(value)) {
      value.forEach((item, index) =>
        visit(item, [...path, String(index)], {
          ...site,
          output:
            path[path.length - 1] === 'select_list' && isTreeNode(item)
              ? outputName(item)
              : undefined,
        }),
      );
      return;
    }
    if (!isTreeNode(value)) return;
    sites.push({
      node: value,
      path,
      output: site.output,
      positional: site.positional ?? false,
      monotone: site.monotone ?? false,
    });
    for (const [key, child] of Object.entries(value)) {
      // A CTE's entry keeps its query under `value`.
      if (SKIPPED.has(key) && !(key === 'value' && 'key' in value)) continue;
      if (typeof child !== 'object' || child === null) continue;
      visit(child, [...path, key], {
        positional: key === 'group_expressions',
        monotone: SORTING.has(key) || site.monotone,
      });
    }
    const modifiers = nodesAt(value, 'modifiers');
    for (const [index, modifier] of modifiers.entries()) {
      sites.push({
        node: modifier,
        path: [...path, 'modifiers', String(index)],
        positional: true,
        monotone: true,
        siblings: modifiers.filter(item => item !== modifier),
      });
    }
  };
  visit(query, [], {});
  return sites;
}

/** Mistakes in what is sorted, cut and taken once. */
function modifierMutations(site: Site, ordered: boolean): Mutation[] {
  const { node, path } = site;
  if (node.type === 'DISTINCT_MODIFIER') {
    return [
      {
        kind: 'dropped distinct',
        edits: [{ path: path.slice(0, -1), value: site.siblings ?? [] }],
        note: 'DISTINCT is gone',
      },
    ];
  }
  if (node.type === 'LIMIT_MODIFIER') {
    const limit = nodeAt(node, 'limit');
    const count = limit && Number(nodeAt(limit, 'value')?.value);
    if (!limit || !Number.isInteger(count)) return [];
    const after = copyTree(limit);
    const value = nodeAt(after, 'value');
    if (value) value.value = Number(count) + 1;
    const edits = [{ path: [...path, 'limit'], value: after }];
    return [{ kind: 'order or limit', edits, before: limit, after }];
  }
  if (node.type !== 'ORDER_MODIFIER' || !ordered) return [];
  return orderMutations(node, path);
}

/** The other direction for each key of an ORDER BY. */
function orderMutations(node: TreeNode, path: string[]): Mutation[] {
  return nodesAt(node, 'orders').map((order, index) => ({
    kind: 'order or limit',
    edits: [
      {
        path: [...path, 'orders', String(index), 'type'],
        value: order.type === 'DESCENDING' ? 'ASCENDING' : 'DESCENDING',
      },
    ],
    before: nodeAt(order, 'expression'),
    note: 'is sorted the other way round',
  }));
}

/** Mistakes in a window's order, and in sets. */
function shapeMutations(site: Site): Mutation[] {
  const { node, path } = site;
  if (node.class === 'WINDOW') return orderMutations(node, path);
  if (node.type === 'SET_OPERATION_NODE' && node.setop_type === 'UNION') {
    return [
      {
        kind: 'dropped distinct',
        edits: [
          { path: [...path, 'setop_all'], value: node.setop_all !== true },
        ],
        note: node.setop_all
          ? 'UNION ALL becomes UNION'
          : 'UNION becomes UNION ALL',
      },
    ];
  }
  return [];
}

/**
 * All mistakes that can be made in a query, one at a time.
 *
 * @param ordered - whether anybody sees the order of the result
 */
export function listMutations(
  query: TreeNode,
  tables: MutableTable[],
  ordered: boolean,
): Mutation[] {
  const sites = sitesOf(query);
  return [
    ...columnMutations(sites, tables),
    ...sites.flatMap(site => [
      ...conditionMutations(site),
      ...modifierMutations(site, ordered),
      ...shapeMutations(site),
    ]),
  ];
}
