import { nodeAt, TreeNode, walkTree } from '../tree/QueryTree';

/** The text of every constant in a tree. */
export function literalsIn(tree: TreeNode): string[] {
  const found: string[] = [];
  walkTree(tree, node => {
    const value = node.class === 'CONSTANT' ? nodeAt(node, 'value') : undefined;
    if (!value || value.is_null === true) return true;
    const type = nodeAt(value, 'type');
    const scale = Number(nodeAt(type ?? {}, 'type_info')?.scale ?? 0);
    if (typeof value.value === 'number') {
      found.push(String(value.value / 10 ** scale));
    } else if (typeof value.value === 'string') {
      found.push(value.value);
    }
    return false;
  });
  return found;
}

/** Names of the functions that a tree calls, in lower case. */
export function functionsIn(tree: TreeNode): Set<string> {
  const found = new Set<string>();
  walkTree(tree, node => {
    if (node.class === 'FUNCTION') {
      found.add(String(node.function_name).toLowerCase());
    }
    return true;
  });
  return found;
}
