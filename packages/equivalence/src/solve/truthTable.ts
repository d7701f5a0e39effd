import { ProverDatabase } from '../database/ProverDatabase';
import { BedTable } from '../prove/TestBed';
import { printExpressions } from '../tree/QueryTree';
import { columnTypeSql } from '../types/ColumnType';
import { ConditionSystem, VARIABLE_PREFIX } from './ConditionSystem';
import { Truth } from './Condition';
import { variablesIn } from './flattenQuery';
import { inClasses, JoinClasses } from './joinClasses';
import { functionsIn, literalsIn } from './literalsIn';
import { wordsFor } from './wordsFor';

/** Values for the classes of a component, and what its atoms say of them. */
export interface Combination {
  /** SQL literals, one for each class of the component. */
  values: string[];
  truth: Truth[];
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

interface Draft extends Component {
  texts: { atoms: string[]; derived: string[] };
}

/** Groups of atoms that share classes. */
function findComponents(
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
function valuesOf(
  own: number,
  component: Component,
  system: ConditionSystem,
  classes: JoinClasses,
  tables: BedTable[],
  limit: number,
): string[] {
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

function tableSql(
  index: number,
  draft: Draft,
  values: string[][],
  system: ConditionSystem,
): string {
  const sources = draft.classes.map((own, position) => {
    const type = columnTypeSql(system.variables[own].type);
    const rows = values[position].map(
      (value, row) => `(${row}, CAST(${value} AS ${type}))`,
    );
    return `(VALUES ${rows.join(
      ', ',
    )}) AS c${position}(i${position}, ${VARIABLE_PREFIX}${own})`;
  });
  const chosen = draft.classes.map((_, position) => `i${position}`);
  const list = (items: string[], type: string) =>
    items.length > 0 ? `[${items.join(', ')}]` : `CAST([] AS ${type}[])`;
  return `SELECT ${index}, ${list(chosen, 'INTEGER')}, ${list(
    draft.texts.atoms.map(text => `TRY(CAST(${text} AS BOOLEAN))`),
    'BOOLEAN',
  )}, ${list(
    draft.texts.derived.map(text => `TRY(CAST(${text} AS VARCHAR))`),
    'VARCHAR',
  )}${sources.length > 0 ? ` FROM ${sources.join(' CROSS JOIN ')}` : ''}`;
}

function truthOf(value: unknown): Truth {
  return typeof value === 'boolean' ? value : undefined;
}

/** Lets DuckDB itself say what every atom makes of every combination of values. */
export async function truthTable(
  system: ConditionSystem,
  classes: JoinClasses,
  tables: BedTable[],
  database: ProverDatabase,
): Promise<Component[]> {
  const components = findComponents(system, classes);
  const trees = components.flatMap(component => [
    ...component.atoms.map(index =>
      inClasses(system.atoms[index].tree, classes),
    ),
    ...component.derived.map(own => classes.derived.get(own) ?? {}),
  ]);
  const texts = await printExpressions(database, trees);
  let used = 0;
  const drafts = components.map((component): Draft => {
    const atoms = texts.slice(used, used + component.atoms.length);
    used += component.atoms.length;
    const derived = texts.slice(used, used + component.derived.length);
    used += component.derived.length;
    return { ...component, texts: { atoms, derived } };
  });
  const values = drafts.map(draft =>
    draft.classes.map(own =>
      valuesOf(
        own,
        draft,
        system,
        classes,
        tables,
        VALUES_BY_CLASSES[draft.classes.length],
      ),
    ),
  );
  const take = (rows: unknown[][]) => {
    for (const [index, chosen, truth, derived] of rows) {
      const draft = drafts[Number(index)];
      draft.combinations.push({
        values: (chosen as unknown[]).map(
          (row, position) => values[Number(index)][position][Number(row)],
        ),
        truth: (truth as unknown[]).map(truthOf),
        derived: (derived as unknown[]).map((value, position) =>
          value === null
            ? 'NULL'
            : `CAST('${String(value).replace(/'/g, "''")}' AS ${columnTypeSql(
                system.variables[draft.derived[position]].type,
              )})`,
        ),
      });
    }
  };
  const queries = drafts.map((draft, index) =>
    tableSql(index, draft, values[index], system),
  );
  if (queries.length === 0) return [];
  try {
    take((await database.query(queries.join(' UNION ALL '))).rows);
  } catch {
    for (const query of queries) {
      try {
        take((await database.query(query)).rows);
      } catch {
        // These atoms do not bind outside of their query: left to chance.
      }
    }
  }
  return drafts.filter(draft => draft.combinations.length > 0);
}
