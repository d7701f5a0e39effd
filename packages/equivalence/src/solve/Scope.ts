import { TreeNode } from '../tree/QueryTree';

/** A tree over the system's variables; nothing where it cannot be said in them. */
export type Inlined = TreeNode | undefined;

/** What stands in a FROM clause: columns by lower-case name. */
export interface Relation {
  alias: string;
  columns: Map<string, Inlined>;
}

export interface CommonTable {
  query: TreeNode;
  columnNames: string[];
  scope: Map<string, CommonTable>;
}

/** Names that a part of a query can use. */
export interface Scope {
  relations: Relation[];
  /** Common table expressions by lower-case name. */
  tables: Map<string, CommonTable>;
  parent?: Scope;
}

/** Reads fields out of a struct. */
function fieldOf(base: TreeNode, path: string[]): TreeNode {
  return path.reduce<TreeNode>(
    (child, name) => ({
      class: 'OPERATOR',
      type: 'STRUCT_EXTRACT',
      alias: '',
      query_location: 0,
      children: [
        child,
        {
          class: 'CONSTANT',
          type: 'VALUE_CONSTANT',
          alias: '',
          query_location: 0,
          value: {
            type: { id: 'VARCHAR', type_info: null },
            is_null: false,
            value: name,
          },
        },
      ],
    }),
    base,
  );
}

/** What a column's name stands for, and which of its fields are read. */
export function lookUp(
  parts: string[],
  scope: Scope,
): { base: Inlined; path: string[] } {
  const lower = parts.map(part => part.toLowerCase());
  for (let at: Scope | undefined = scope; at; at = at.parent) {
    for (const relation of at.relations) {
      const qualified = relation.alias.toLowerCase() === lower[0];
      if (qualified && parts.length > 1 && relation.columns.has(lower[1])) {
        return { base: relation.columns.get(lower[1]), path: parts.slice(2) };
      }
    }
    for (const relation of at.relations) {
      if (relation.columns.has(lower[0])) {
        return { base: relation.columns.get(lower[0]), path: parts.slice(1) };
      }
    }
  }
  return { base: undefined, path: [] };
}

export { fieldOf };
