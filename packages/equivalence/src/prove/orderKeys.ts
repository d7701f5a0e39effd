import {
  AstNode,
  childNode,
  childNodes,
  identifier,
  isNode,
} from '../translate/ast';

/** Output columns (lower case) that a top-level ORDER BY sorts by, up to the first other expression. */
export function orderKeys(statement: AstNode): string[] {
  const [kind] = Object.keys(statement);
  const query = statement[kind];
  if (!isNode(query)) return [];
  const outputs = childNodes(query, 'expressions').map(output => {
    const alias = childNode(output, 'alias');
    const column = childNode(output, 'column');
    return (
      (alias && identifier(alias, 'alias')) ??
      (column && identifier(column, 'name'))
    )?.toLowerCase();
  });
  const keys: string[] = [];
  const order = childNode(query, 'order_by') ?? {};
  for (const item of childNodes(order, 'expressions')) {
    const expression = childNode(item, 'this') ?? {};
    const column = childNode(expression, 'column');
    const literal = childNode(expression, 'literal');
    const name = column
      ? identifier(column, 'name')?.toLowerCase()
      : outputs[Number(literal?.value) - 1];
    if (!name || (column && !outputs.includes(name))) break;
    keys.push(name);
  }
  return keys;
}
