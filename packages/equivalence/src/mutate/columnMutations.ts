import {
  columnParts,
  copyTree,
  nodesAt,
  textAt,
  TreeNode,
} from '../tree/QueryTree';
import { ColumnType, columnTypeSql } from '../types/ColumnType';
import type { Site } from './listMutations';
import { Mutation } from './Mutation';
import { callNode, numberNode, operatorNode, textNode } from './nodes';

/** A table whose columns a mistake can mix up. */
export interface MutableTable {
  columns: Array<{ name: string; type: ColumnType; required: boolean }>;
}

const MAX_WRONG = 3;

/** Names that stand for the values of one table, or of one SELECT's outputs. */
function neighbours(
  name: string,
  tables: MutableTable[],
  outputs: string[][],
): string[] {
  const lower = name.toLowerCase();
  for (const { columns } of tables) {
    const own = columns.find(item => item.name.toLowerCase() === lower);
    if (!own) continue;
    const type = columnTypeSql(own.type);
    return columns
      .filter(item => item !== own && columnTypeSql(item.type) === type)
      .map(item => item.name);
  }
  const list = outputs.find(names => names.includes(lower));
  return (list ?? []).filter(item => item !== lower);
}

function typeOf(
  name: string,
  tables: MutableTable[],
): { type: ColumnType; required: boolean } | undefined {
  const lower = name.toLowerCase();
  return tables
    .flatMap(table => table.columns)
    .find(column => column.name.toLowerCase() === lower);
}

/** A column's value, a little off. */
function drifted(
  node: TreeNode,
  type: ColumnType,
  required: boolean,
): TreeNode[] {
  const plain = { ...copyTree(node), alias: '' };
  if (type.kind !== 'scalar') return [];
  const missing = (value: TreeNode) =>
    required ? [] : [operatorNode('OPERATOR_COALESCE', [plain, value])];
  switch (type.name) {
    case 'BIGINT':
    case 'DOUBLE':
    case 'DECIMAL(38, 9)':
      return [
        callNode('+', [plain, numberNode(1)], true),
        ...missing(numberNode(0)),
      ];
    case 'VARCHAR':
      return [callNode('upper', [plain]), ...missing(textNode('?'))];
    case 'BOOLEAN':
      return [operatorNode('OPERATOR_NOT', [plain])];
    case 'DATE':
    case 'TIMESTAMP':
    case 'TIMESTAMPTZ': {
      const day = callNode('to_days', [numberNode(1)]);
      const later = callNode('+', [plain, day], true);
      // A date and an interval make a timestamp.
      return [
        type.name === 'DATE'
          ? {
              class: 'CAST',
              type: 'OPERATOR_CAST',
              alias: '',
              query_location: 0,
              child: later,
              cast_type: { id: 'DATE', type_info: null },
              try_cast: false,
            }
          : later,
      ];
    }
    default:
      return [];
  }
}

function named(node: TreeNode, output: string | undefined): TreeNode {
  return output ? { ...node, alias: output } : node;
}

/** Reads another column, or the right one wrongly. */
export function columnMutations(
  sites: Site[],
  tables: MutableTable[],
): Mutation[] {
  const outputs = sites.flatMap(({ node }) => {
    const names = nodesAt(node, 'select_list').map(item =>
      (textAt(item, 'alias') || columnParts(item).at(-1) || '').toLowerCase(),
    );
    return names.length > 1 ? [names.filter(Boolean)] : [];
  });
  const found: Mutation[] = [];
  const everywhere = new Map<string, Site[]>();
  for (const site of sites) {
    const parts = columnParts(site.node);
    const name = parts[parts.length - 1];
    if (!name || site.positional) continue;
    const key = parts.join('.').toLowerCase();
    everywhere.set(key, [...(everywhere.get(key) ?? []), site]);
    for (const other of neighbours(name, tables, outputs).slice(0, MAX_WRONG)) {
      const after = renamed(site, other);
      found.push({
        kind: 'wrong column',
        edits: [{ path: site.path, value: after }],
        before: site.node,
        after,
      });
    }
    const known = typeOf(name, tables);
    if (!known || site.monotone) continue;
    // Comparisons and sums pass over NULL anyway.
    const kept = known.required || !site.output;
    for (const value of drifted(site.node, known.type, kept)) {
      const after = named(value, site.output);
      found.push({
        kind: 'value drift',
        edits: [{ path: site.path, value: after }],
        before: site.node,
        after,
      });
    }
  }
  for (const all of everywhere.values()) {
    if (all.length < 2) continue;
    const [{ node }] = all;
    const name = columnParts(node).at(-1) ?? '';
    for (const other of neighbours(name, tables, outputs).slice(0, MAX_WRONG)) {
      found.push({
        kind: 'wrong column everywhere',
        edits: all.map(site => ({
          path: site.path,
          value: renamed(site, other),
        })),
        before: node,
        after: renamed(all[0], other),
      });
    }
  }
  return found;
}

function renamed(site: Site, other: string): TreeNode {
  const parts = columnParts(site.node);
  const node = {
    ...copyTree(site.node),
    column_names: [...parts.slice(0, -1), other],
  };
  return named(node, site.output);
}
