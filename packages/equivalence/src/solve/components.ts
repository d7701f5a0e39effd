import { BedTable } from '../prove/TestBed';
import { ConditionSystem } from './ConditionSystem';
import { Truth } from './Condition';
import { variablesIn } from './SystemBuilder';
import { inClasses, JoinClasses } from './joinClasses';
import { functionsIn, literalsIn } from './literalsIn';
import { wordsFor } from './wordsFor';

/** Values for the classes of a component, and what its atoms say of them. */
export interface Combination {
  /** SQL literals, one for each class of the component. */
  values: string[];
  truth: Truth[];
  /** Truth, and how close each comparison is to its turning point: one kind is much alike. */
  kind: string;
  /** SQL literals of the classes that follow from these. */
  derived: string[];
}

/** Classes that atoms link with each other, so that they are chosen together. */
export interface Component {
  classes: number[];
  atoms: number[];
  derived: number[];
  combinations: Combination[];
}

/** How many values of each class are combined, by the number of classes. */
const VALUES_BY_CLASSES = [1, 90, 30, 11, 6, 4, 3, 3, 2, 2, 2];
const MAX_CLASSES = VALUES_BY_CLASSES.length - 1;

/** Groups of atoms that share classes. */
export function findComponents(
  system: ConditionSystem,
  classes: JoinClasses,
): Component[] {
  const components: Component[] = [];
  const join = (found: number[], add: (component: Component) => void) => {
    const mine = components.filter(component =>
      component.classes.some(item => found.includes(item)),
    );
    const merged: Component = {
      classes: [...new Set([...mine.flatMap(item => item.classes), ...found])],
      atoms: mine.flatMap(item => item.atoms),
      derived: mine.flatMap(item => item.derived),
      combinations: [],
    };
    // An atom that would link too much is left to chance.
    if (merged.classes.length > MAX_CLASSES) return;
    for (const item of mine) components.splice(components.indexOf(item), 1);
    add(merged);
    components.push(merged);
  };
  for (const [own, tree] of classes.derived) {
    const found = [...variablesIn(tree)];
    join(found, component => component.derived.push(own));
  }
  for (const [index, atom] of system.atoms.entries()) {
    if (classes.settled.has(index)) continue;
    const found = [...variablesIn(inClasses(atom.tree, classes))];
    join(found, component => component.atoms.push(index));
  }
  return components;
}

/** The values to try for one class, SQL literals. */
export function valuesOf(
  own: number,
  component: Component,
  system: ConditionSystem,
  classes: JoinClasses,
  tables: BedTable[],
): string[] {
  const limit = VALUES_BY_CLASSES[component.classes.length];
  const members = system.variables.filter(
    (_, index) => classes.classOf[index] === own,
  );
  const columns = members.map(member => {
    const table = tables.find(
      item => item.local === system.instances[member.instance].table,
    );
    return [...(table?.columns ?? []), ...(table?.hidden ?? [])][member.column];
  });
  const whole = members.map(member => member.path.length === 0);
  const required = columns.some(
    (column, index) => whole[index] && (column.required || column.unique),
  );
  const allowed = columns.find(
    (column, index) => whole[index] && column.allowed,
  )?.allowed;
  const literals = new Set<string>();
  const functions = new Set<string>();
  for (const index of component.atoms) {
    const tree = inClasses(system.atoms[index].tree, classes);
    if (!variablesIn(tree).has(own)) continue;
    for (const literal of literalsIn(tree)) literals.add(literal);
    for (const name of functionsIn(tree)) functions.add(name);
  }
  const type = system.variables[own].type;
  const distances = columns[0]?.distances ?? [1];
  const found = new Set<string>(
    allowed ?? [
      ...columns.flatMap((column, index) =>
        whole[index] ? column.suggested : [],
      ),
      ...wordsFor(type, [...literals], functions, distances),
      ...wordsFor(type, [...(columns[0]?.literals ?? [])], functions, []),
    ],
  );
  const values = spread([...found], limit - (required ? 0 : 1));
  if (!required) values.push('NULL');
  return values;
}

/** At most `limit` of the items: the first half of them from the front, the rest spread. */
function spread(items: string[], limit: number): string[] {
  if (items.length <= limit) return items;
  const front = Math.ceil(limit / 2);
  const rest = items.slice(front);
  const step = rest.length / (limit - front);
  return [
    ...items.slice(0, front),
    ...Array.from(
      { length: limit - front },
      (_, index) => rest[Math.floor(index * step)],
    ),
  ];
}
