import { TreeNode } from '../tree/QueryTree';

function constant(id: string, value: unknown): TreeNode {
  return {
    class: 'CONSTANT',
    type: 'VALUE_CONSTANT',
    alias: '',
    query_location: 0,
    value: { type: { id, type_info: null }, is_null: false, value },
  };
}

export function numberNode(value: number): TreeNode {
  return constant('INTEGER', value);
}

export function textNode(value: string): TreeNode {
  return constant('VARCHAR', value);
}

export function callNode(
  name: string,
  children: TreeNode[],
  isOperator = false,
): TreeNode {
  return {
    class: 'FUNCTION',
    type: 'FUNCTION',
    alias: '',
    query_location: 0,
    function_name: name,
    schema: '',
    catalog: '',
    children,
    filter: null,
    order_bys: { type: 'ORDER_MODIFIER', orders: [] },
    distinct: false,
    is_operator: isOperator,
    export_state: false,
  };
}

export function operatorNode(type: string, children: TreeNode[]): TreeNode {
  return { class: 'OPERATOR', type, alias: '', query_location: 0, children };
}
