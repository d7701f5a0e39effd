import {
  AstNode,
  childNode,
  childNodes,
  identifier,
  isNode,
  spanOf,
} from './ast';

/** A table that a query reads: not one of its own CTEs, nor an array. */
export interface TableReference {
  /** Parts of the path without quotes: `['project', 'dataset', 'table']`. */
  parts: string[];
  /** The name its columns can be qualified with. */
  alias: string;
  hasAlias: boolean;
  /** Code points of the path. */
  start: number;
  end: number;
}

function reference(node: AstNode): TableReference | undefined {
  const name = childNode(node, 'name');
  const last = spanOf(name);
  const text = identifier(node, 'name');
  if (!name || !last || !text) return undefined;
  const owners = ['catalog', 'schema']
    .map(key => childNode(node, key))
    .filter(isNode);
  const parts = [
    ...owners.map(owner => String(owner.name)),
    // BigQuery allows one pair of back-ticks around a whole path.
    text,
  ].flatMap(part => part.split('.'));
  const alias = identifier(node, 'alias');
  return {
    parts,
    alias: alias ?? parts[parts.length - 1],
    hasAlias: alias !== undefined,
    start: Math.min(
      last.start,
      ...owners.map(owner => spanOf(owner)?.start ?? last.start),
    ),
    end: last.end,
  };
}

/** Every table reference of a statement, resolved against the CTEs in scope. */
export function findTables(statement: AstNode): TableReference[] {
  const found: TableReference[] = [];

  function visit(value: unknown, scope: Set<string>): void {
    if (Array.isArray(value)) {
      for (const item of value) visit(item, scope);
      return;
    }
    if (!isNode(value)) return;
    let inner = scope;
    const clause = childNode(value, 'with');
    if (clause) {
      inner = new Set(scope);
      for (const cte of childNodes(clause, 'ctes')) {
        const name = identifier(cte, 'alias')?.toLowerCase();
        // Only a recursive CTE can see itself.
        if (clause.recursive === true && name) inner.add(name);
        visit(cte.this, new Set(inner));
        if (name) inner.add(name);
      }
    }
    // Implicit unnesting (`FROM t, t.items`) reads a column of a sibling.
    const siblings = new Set(
      [
        ...childNodes(childNode(value, 'from') ?? {}, 'expressions'),
        ...childNodes(value, 'joins').map(
          join => childNode(join, 'this') ?? {},
        ),
      ]
        .map(item => childNode(item, 'table'))
        .filter(isNode)
        .map(table => reference(table)?.alias.toLowerCase())
        .filter(alias => alias !== undefined),
    );
    for (const [key, child] of Object.entries(value)) {
      if (key === 'with' || key === 'span') continue;
      if (key === 'table' && isNode(child) && isNode(child.name)) {
        const table = reference(child);
        const known =
          table?.parts.length === 1 && inner.has(table.parts[0].toLowerCase());
        if (table && !known) found.push(table);
        continue;
      }
      visit(child, inner);
    }
    if (siblings.size > 1) {
      for (let index = found.length - 1; index >= 0; index--) {
        const { parts, start } = found[index];
        const array =
          parts.length === 2 &&
          siblings.has(parts[0].toLowerCase()) &&
          found.some(
            other =>
              other.start < start &&
              other.alias.toLowerCase() === parts[0].toLowerCase(),
          );
        if (array) found.splice(index, 1);
      }
    }
  }

  visit(statement, new Set());
  return found;
}
