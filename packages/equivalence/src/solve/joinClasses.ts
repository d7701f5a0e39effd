import { copyTree, nodeAt, TreeNode, walkTree } from '../tree/QueryTree';
import { columnTypeSql } from '../types/ColumnType';
import { Condition } from './Condition';
import { bareVariable, ConditionSystem } from './ConditionSystem';
import { variablesIn } from './SystemBuilder';

/** Variables that have to be equal, and those that follow from others. */
export interface JoinClasses {
  /** The class of each variable, named after one of its variables. */
  classOf: number[];
  /** Classes whose value is that of an expression over other classes. */
  derived: Map<number, TreeNode>;
  /** Atoms that hold by construction. */
  settled: Set<number>;
}

function requiredAtoms(conditions: Condition[]): number[] {
  return conditions.flatMap(condition => {
    if (condition.kind === 'atom') return [condition.atom];
    return condition.kind === 'and' ? requiredAtoms(condition.parts) : [];
  });
}

/** Rewrites a tree in terms of classes. */
export function inClasses(tree: TreeNode, classes: JoinClasses): TreeNode {
  const copy = copyTree(tree);
  const holder: TreeNode = { tree: copy };
  walkTree(holder, node => {
    for (const [key, value] of Object.entries(node)) {
      const replaced = (item: unknown) => {
        const index =
          typeof item === 'object' && item !== null && !Array.isArray(item)
            ? bareVariable(item as TreeNode)
            : undefined;
        if (index === undefined) return item;
        const own = classes.classOf[index];
        const expression = classes.derived.get(own);
        return expression
          ? copyTree(expression)
          : { ...(item as TreeNode), column_names: [`mig_v${own}`] };
      };
      node[key] = Array.isArray(value) ? value.map(replaced) : replaced(value);
    }
    return true;
  });
  return holder.tree as TreeNode;
}

/** Finds what has to be equal for the required conditions to hold. */
export function joinClasses(system: ConditionSystem): JoinClasses {
  const { variables, instances, atoms } = system;
  const classes: JoinClasses = {
    classOf: variables.map((_, index) => index),
    derived: new Map(),
    settled: new Set(),
  };
  const pinned = (index: number) =>
    instances[variables[index].instance].pinned !== undefined;
  const sides = new Map<number, [TreeNode, TreeNode]>();
  for (const index of requiredAtoms(system.required)) {
    const { tree } = atoms[index];
    const left = nodeAt(tree, 'left');
    const right = nodeAt(tree, 'right');
    if (tree.type === 'COMPARE_EQUAL' && left && right) {
      sides.set(index, [left, right]);
    }
  }
  for (const [index, [left, right]] of sides) {
    const [a, b] = [bareVariable(left), bareVariable(right)];
    if (a === undefined || b === undefined || pinned(a) || pinned(b)) continue;
    const sameType =
      columnTypeSql(variables[a].type) === columnTypeSql(variables[b].type);
    if (!sameType || variables[a].instance === variables[b].instance) continue;
    const [from, to] = [classes.classOf[a], classes.classOf[b]];
    classes.classOf = classes.classOf.map(item => (item === from ? to : item));
    classes.settled.add(index);
  }
  for (const [index, [left, right]] of sides) {
    if (classes.settled.has(index)) continue;
    for (const [one, other] of [
      [left, right],
      [right, left],
    ]) {
      const bare = bareVariable(one);
      if (bare === undefined || bareVariable(other) !== undefined) continue;
      if (pinned(bare) || variables[bare].type.kind !== 'scalar') continue;
      const own = classes.classOf[bare];
      const inputs = [...variablesIn(other)].map(item => classes.classOf[item]);
      const usable =
        inputs.length > 0 &&
        !inputs.includes(own) &&
        !classes.derived.has(own) &&
        inputs.every(item => !classes.derived.has(item)) &&
        ![...classes.derived.values()].some(tree =>
          [...variablesIn(tree)].some(item => classes.classOf[item] === own),
        );
      if (!usable) continue;
      classes.derived.set(own, inClasses(other, classes));
      classes.settled.add(index);
      break;
    }
  }
  return classes;
}
