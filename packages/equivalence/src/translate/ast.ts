/** A node of polyglot's tree: one key names its kind (`{ column: { … } }`). */
export type AstNode = { [key: string]: unknown };

export function isNode(value: unknown): value is AstNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The child called `key`, if it is an object. */
export function childNode(node: AstNode, key: string): AstNode | undefined {
  const value = node[key];
  return isNode(value) ? value : undefined;
}

/** The children called `key`, if it is a list. */
export function childNodes(node: AstNode, key: string): AstNode[] {
  const value = node[key];
  return Array.isArray(value) ? value.filter(isNode) : [];
}

/** The text of an identifier `{ name: 'x' }` below `key`. */
export function identifier(node: AstNode, key: string): string | undefined {
  const name = childNode(node, key)?.name;
  return typeof name === 'string' ? name : undefined;
}

/** Start and end of a node's own span, in code points. */
export function spanOf(
  node: AstNode | undefined,
): { start: number; end: number } | undefined {
  const span = node && childNode(node, 'span');
  return span &&
    typeof span.start === 'number' &&
    typeof span.end === 'number' &&
    span.end > span.start
    ? { start: span.start, end: span.end }
    : undefined;
}

/** Visits every kind of node below `value`, parents first. */
export function walkAst(
  value: unknown,
  visit: (kind: string, node: AstNode) => void,
): void {
  if (Array.isArray(value)) {
    for (const item of value) walkAst(item, visit);
    return;
  }
  if (!isNode(value)) return;
  for (const [key, child] of Object.entries(value)) {
    if (key === 'span') continue;
    if (isNode(child)) visit(key, child);
    walkAst(child, visit);
  }
}

/** Every column reference below `value`. */
export function columnsIn(
  value: unknown,
): Array<{ name: string; table?: string; node: AstNode }> {
  const found: Array<{ name: string; table?: string; node: AstNode }> = [];
  walkAst(value, (kind, node) => {
    const name = kind === 'column' ? identifier(node, 'name') : undefined;
    if (name) found.push({ name, table: identifier(node, 'table'), node });
  });
  return found;
}
