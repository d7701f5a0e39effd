import { copyTree, TreeNode, walkTree } from '../tree/QueryTree';
import { ColumnType } from '../types/ColumnType';
import { Condition } from './Condition';
import {
  bareVariable,
  ConditionSystem,
  VARIABLE_PREFIX,
} from './ConditionSystem';
import { Inlined } from './Scope';

/** The variables that a tree reads. */
export function variablesIn(tree: Inlined): Set<number> {
  const found = new Set<number>();
  walkTree(tree, node => {
    const index = bareVariable(node);
    if (index !== undefined) found.add(index);
    return true;
  });
  return found;
}

/** Two trees with the same key say the same. */
function keyOf(tree: TreeNode): string {
  return JSON.stringify(tree, (key, value) =>
    key === 'query_location' ? undefined : value,
  );
}

/** Collects variables and atoms, each once. */
export class SystemBuilder {
  readonly system: ConditionSystem = {
    instances: [],
    variables: [],
    atoms: [],
    required: [],
    inner: [],
    optional: [],
    thresholds: [],
    grouping: new Set(),
    ordering: new Set(),
  };
  readonly #atoms = new Map<string, number>();

  /** The column, or part of one, as a tree. */
  variable(
    instance: number,
    column: number,
    path: string[],
    type: ColumnType,
  ): TreeNode {
    const { variables } = this.system;
    let index = variables.findIndex(
      item =>
        item.instance === instance &&
        item.column === column &&
        item.path.join('.') === path.join('.'),
    );
    if (index < 0) {
      index = variables.length;
      variables.push({ instance, column, path, type });
    }
    return {
      class: 'COLUMN_REF',
      type: 'COLUMN_REF',
      alias: '',
      query_location: 0,
      column_names: [`${VARIABLE_PREFIX}${index}`],
    };
  }

  /** That two trees are equal. */
  comparison(left: TreeNode, right: TreeNode): Condition {
    return this.atom({
      class: 'COMPARISON',
      type: 'COMPARE_EQUAL',
      alias: '',
      query_location: 0,
      left: copyTree(left),
      right: copyTree(right),
    });
  }

  /** A comparison as a condition. */
  atom(tree: TreeNode): Condition {
    const key = keyOf(tree);
    const known = this.#atoms.get(key);
    if (known !== undefined) return { kind: 'atom', atom: known };
    const { atoms } = this.system;
    this.#atoms.set(key, atoms.length);
    atoms.push({ tree, variables: [...variablesIn(tree)] });
    return { kind: 'atom', atom: atoms.length - 1 };
  }

  group(tree: Inlined): void {
    for (const variable of variablesIn(tree)) {
      this.system.grouping.add(variable);
    }
  }
}
