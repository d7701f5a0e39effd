import { nodeAt, nodesAt, textAt, TreeNode, walkTree } from '../tree/QueryTree';
import { isTimeFunction } from './wantedType';

/** The operands that a refusal counts, in its order. */
export function operandsOf(node: TreeNode): Array<TreeNode | undefined> {
  switch (node.class) {
    case 'COMPARISON':
      return [nodeAt(node, 'left'), nodeAt(node, 'right')];
    case 'BETWEEN':
      return ['input', 'lower', 'upper'].map(key => nodeAt(node, key));
    case 'CASE':
      return [
        ...nodesAt(node, 'case_checks').map(each => nodeAt(each, 'then_expr')),
        nodeAt(node, 'else_expr'),
      ];
    case 'SUBQUERY':
      return [nodeAt(node, 'child'), node];
    default:
      return nodesAt(node, 'children');
  }
}

/** True for nodes that a refusal can be about. */
function fits(node: TreeNode, of: string): boolean {
  switch (of) {
    case 'compare':
      return node.class === 'COMPARISON' || node.class === 'SUBQUERY';
    case 'IN':
      return node.class === 'SUBQUERY' || /_IN$/.test(textAt(node, 'type'));
    case 'BETWEEN':
    case 'CASE':
      return node.class === of;
    case 'COALESCE':
      return node.type === 'OPERATOR_COALESCE';
    case 'combine':
      return node.class === 'FUNCTION' || /_IN$/.test(textAt(node, 'type'));
    default: {
      const called = textAt(node, 'function_name').toLowerCase();
      return (
        called === of.toLowerCase() ||
        (called !== '' && isTimeFunction(of) && isTimeFunction(called))
      );
    }
  }
}

/** Nodes that the refusal may be about: the one it points at, else all of the kind. */
export function suspects(query: TreeNode, of: string, at?: number): TreeNode[] {
  const found: TreeNode[] = [];
  walkTree(query, node => {
    if (typeof node.class === 'string' && fits(node, of)) found.push(node);
    return true;
  });
  if (found.length === 0) {
    // It may be inside of a function of ours.
    walkTree(query, node => {
      if (/^shim_/.test(textAt(node, 'function_name'))) found.push(node);
      return true;
    });
  }
  const pointed = found.filter(node => node.query_location === at);
  return pointed.length > 0 ? pointed : found;
}
