import { AstNode, childNode, identifier, walkAst } from '../translate/ast';
import { ColumnType, columnTypeSql } from '../types/ColumnType';

function bareColumn(node: AstNode, key: string): string | undefined {
  const column = childNode(childNode(node, key) ?? {}, 'column');
  return column && identifier(column, 'name')?.toLowerCase();
}

/**
 * Types of columns, by lower-case name, that are joined with a column whose type is
 * declared, directly or through others. No warehouse compares a number with a text, so
 * a guess that says otherwise is wrong. Names that meet several types tell nothing.
 */
export function joinedTypes(
  statements: AstNode[],
  known: ReadonlyMap<string, ColumnType>,
): Map<string, ColumnType> {
  const partners = new Map<string, Set<string>>();
  const link = (from: string, to: string) =>
    partners.set(from, (partners.get(from) ?? new Set()).add(to));
  walkAst(statements, (kind, node) => {
    if (kind !== 'eq') return;
    const [left, right] = ['left', 'right'].map(key => bareColumn(node, key));
    if (left === undefined || right === undefined) return;
    link(left, right);
    link(right, left);
  });
  const types = new Map<string, ColumnType>();
  const seen = new Set<string>();
  for (const start of partners.keys()) {
    if (seen.has(start)) continue;
    const group = [start];
    seen.add(start);
    for (const name of group) {
      for (const next of partners.get(name) ?? []) {
        if (!seen.has(next)) group.push(next);
        seen.add(next);
      }
    }
    const found = new Map(
      group.flatMap(name => {
        const type = known.get(name);
        return type ? [[columnTypeSql(type), type] as const] : [];
      }),
    );
    const [only] = found.values();
    if (found.size === 1) {
      for (const name of group) types.set(name, only);
    }
  }
  return types;
}
