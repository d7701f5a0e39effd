import { copyTree, isTreeNode, TreeNode } from '../tree/QueryTree';

/** Kinds of mistakes, as migrations make them. */
export const MUTATION_KINDS = [
  'wrong column',
  'wrong column everywhere',
  'value drift',
  'dropped condition',
  'comparison',
  'literal',
  'join kind',
  'dropped distinct',
  'count',
  'aggregate',
  'order or limit',
] as const;
export type MutationKind = (typeof MUTATION_KINDS)[number];

/** A deliberate mistake: what to put where in a query's tree. */
export interface Mutation {
  kind: MutationKind;
  edits: Array<{ path: string[]; value: unknown }>;
  /** For people: what stood there, and what stands there now. */
  before?: TreeNode;
  after?: TreeNode;
  note?: string;
}

/** A copy of a tree with a mistake in it. */
export function applyMutation(query: TreeNode, mutation: Mutation): TreeNode {
  const copy = copyTree(query);
  for (const { path, value } of mutation.edits) {
    let holder: unknown = copy;
    for (const key of path.slice(0, -1)) {
      if (Array.isArray(holder)) holder = holder[Number(key)];
      else if (isTreeNode(holder)) holder = holder[key];
    }
    const last = path[path.length - 1];
    const own =
      isTreeNode(value) || Array.isArray(value) ? copyTree(value) : value;
    if (Array.isArray(holder)) holder[Number(last)] = own;
    else if (isTreeNode(holder)) holder[last] = own;
  }
  return copy;
}
