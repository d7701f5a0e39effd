import {
  columnParts,
  nodeAt,
  nodesAt,
  textAt,
  TreeNode,
  walkTree,
} from '../tree/QueryTree';
import { OpaqueType } from './opaqueFunctions';

const CONDITION_KEYS = new Set([
  'where_clause',
  'having',
  'qualify',
  'filter',
  'when_expr',
  'condition',
]);
const ARITHMETIC = new Set(['+', '-', '*', '/', '%', '//', 'sum', 'avg']);
const COMPARING = /^COMPARE_(?!IN|NOT_IN)/;

/** The function behind a call, or behind the output that a name stands for. */
function functionOf(
  node: TreeNode | undefined,
  named: Map<string, string>,
): string | undefined {
  if (!node) return undefined;
  if (node.class === 'FUNCTION' && node.is_operator !== true) {
    return textAt(node, 'function_name').toLowerCase();
  }
  return named.get(columnParts(node).at(-1)?.toLowerCase() ?? '');
}

function isNumber(node: TreeNode | undefined): boolean {
  const value = node?.class === 'CONSTANT' ? nodeAt(node, 'value') : undefined;
  return typeof value?.value === 'number';
}

/**
 * What queries expect of the functions they call, by lower-case name: where a
 * result stands as a condition, in a sum, as a list or with a field behind it.
 */
export function expectedTypes(queries: TreeNode[]): Map<string, OpaqueType> {
  const named = new Map<string, string>();
  walkTree(queries, node => {
    for (const item of nodesAt(node, 'select_list')) {
      const alias = textAt(item, 'alias').toLowerCase();
      const name = functionOf(item, new Map());
      if (alias && name) named.set(alias, name);
    }
    return true;
  });
  const types = new Map<string, OpaqueType>();
  const fields = new Map<string, Set<string>>();
  const expect = (node: TreeNode | undefined, type: OpaqueType) => {
    const name = functionOf(node, named);
    if (name && !types.has(name)) types.set(name, type);
  };
  walkTree({ queries }, (node, _, key) => {
    if (CONDITION_KEYS.has(key)) expect(node, 'BOOLEAN');
    const children = nodesAt(node, 'children');
    const called = textAt(node, 'function_name').toLowerCase();
    if (node.class === 'CONJUNCTION' || node.type === 'OPERATOR_NOT') {
      for (const child of children) expect(child, 'BOOLEAN');
    }
    if (called === 'unnest') expect(children[0], 'VARCHAR[]');
    if (ARITHMETIC.has(called)) {
      for (const child of children) expect(child, 'BIGINT');
    }
    if (COMPARING.test(String(node.type))) {
      const [left, right] = [nodeAt(node, 'left'), nodeAt(node, 'right')];
      if (isNumber(right)) expect(left, 'BIGINT');
      if (isNumber(left)) expect(right, 'BIGINT');
    }
    const parts = columnParts(node);
    for (const [index, part] of parts.slice(0, -1).entries()) {
      const name = named.get(part.toLowerCase());
      if (name) {
        fields.set(name, (fields.get(name) ?? new Set()).add(parts[index + 1]));
      }
    }
    const read = node.type === 'STRUCT_EXTRACT' ? children : [];
    const name = functionOf(read[0], named);
    const field = read[1] && nodeAt(read[1], 'value')?.value;
    if (name && typeof field === 'string') {
      fields.set(name, (fields.get(name) ?? new Set()).add(field));
    }
    return true;
  });
  for (const [name, found] of fields) types.set(name, { fields: [...found] });
  return types;
}
