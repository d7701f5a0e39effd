import { TreeNode } from '../tree/QueryTree';
import { ColumnType } from '../types/ColumnType';
import { Condition } from './Condition';

/** One use of an input table: a self join has two of the same table. */
export interface Instance {
  table: string;
  /** Read by a scalar subquery, which takes its highest value, its lowest, or any. */
  pinned?: 'high' | 'low' | 'any';
}

/** A column of an instance, or a part of it: `['b']` below a struct, `['[]']` an array's item. */
export interface Variable {
  instance: number;
  column: number;
  path: string[];
  type: ColumnType;
}

/** A comparison over variables, which stand in its tree as columns `mig_v0`, `mig_v1`, … */
export interface Atom {
  tree: TreeNode;
  variables: number[];
}

/**
 * What rows have to satisfy to come out of a query, with all its subqueries,
 * common table expressions and views taken apart.
 */
export interface ConditionSystem {
  instances: Instance[];
  variables: Variable[];
  atoms: Atom[];
  /** All of them hold for rows that come out. */
  required: Condition[];
  /** Those of them inside of scalar subqueries. */
  inner: Condition[];
  /** Tried on both sides, without being needed: CASE, FILTER, aggregates. */
  optional: Condition[];
  /** Numbers that counts are compared with. */
  thresholds: number[];
  /** Variables that rows are grouped or partitioned by. */
  grouping: Set<number>;
  /** Variables that rows are sorted by where the sequence decides about the result. */
  ordering: Set<number>;
}

export const VARIABLE_PREFIX = 'mig_v';

/** The variable a tree consists of, if it is one and nothing else. */
export function bareVariable(tree: TreeNode): number | undefined {
  if (tree.class !== 'COLUMN_REF' || !Array.isArray(tree.column_names)) {
    return undefined;
  }
  const [name, ...rest] = tree.column_names.map(String);
  return rest.length === 0 && name.startsWith(VARIABLE_PREFIX)
    ? Number(name.slice(VARIABLE_PREFIX.length))
    : undefined;
}
