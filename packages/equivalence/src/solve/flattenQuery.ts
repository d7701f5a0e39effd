import { BedTable } from '../prove/TestBed';
import { TreeNode } from '../tree/QueryTree';
import { ConditionSystem } from './ConditionSystem';
import { Flattener } from './Flattener';

/** At most so many ways through a query's UNIONs are followed. */
const MAX_SYSTEMS = 6;

/** The conditions on the way to a query's output: one system for each part of its UNIONs. */
export function flattenQuery(
  query: TreeNode,
  tables: BedTable[],
  views: Map<string, TreeNode>,
): ConditionSystem[] {
  const systems: ConditionSystem[] = [];
  let branches = 1;
  for (let branch = 0; branch < Math.min(branches, MAX_SYSTEMS); branch++) {
    const flattener = new Flattener({ tables, views, branch });
    const flat = flattener.query(query, new Map());
    flattener.system.required.push(...flat.required);
    systems.push(flattener.system);
    branches = Math.max(branches, flattener.branches);
  }
  return systems;
}
