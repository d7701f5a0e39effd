import { ProverDatabase } from '../database/ProverDatabase';
import { quoteText } from '../database/names';
import { BedTable } from '../prove/TestBed';
import {
  isTreeNode,
  nodesUnder,
  printExpressions,
  TreeNode,
} from '../tree/QueryTree';
import { columnTypeSql } from '../types/ColumnType';
import { Component, findComponents, valuesOf } from './components';
import { Truth } from './Condition';
import { ConditionSystem, VARIABLE_PREFIX } from './ConditionSystem';
import { inClasses, JoinClasses } from './joinClasses';

const DAY_SECONDS = 86_400;

/** How far apart two values are: numbers as they are, times in seconds. */
export const DISTANCE_MACRO = `CREATE MACRO mig_distance(a, b) AS COALESCE(
  TRY_CAST(CAST(a AS VARCHAR) AS DOUBLE) - TRY_CAST(CAST(b AS VARCHAR) AS DOUBLE),
  epoch(TRY_CAST(CAST(a AS VARCHAR) AS TIMESTAMP)) - epoch(TRY_CAST(CAST(b AS VARCHAR) AS TIMESTAMP)))`;

interface Draft {
  component: Component;
  atoms: string[];
  derived: string[];
  /** What the atoms compare, in pairs. */
  sides: string[];
  /** SQL literals to try for each class. */
  values: string[][];
}

/** Pairs of what an atom compares, where more or less matters. */
function sidesOf(tree: TreeNode): TreeNode[] {
  const keys =
    tree.class === 'BETWEEN'
      ? ['input', 'lower', 'input', 'upper']
      : ['left', 'right'];
  const ordered =
    tree.class === 'BETWEEN' || /(LESS|GREATER)THAN/.test(String(tree.type));
  return ordered ? nodesUnder(tree, keys) : [];
}

function tableSql(
  index: number,
  draft: Draft,
  system: ConditionSystem,
): string {
  const { component, values } = draft;
  const sources = component.classes.map((own, position) => {
    const type = columnTypeSql(system.variables[own].type);
    const rows = values[position].map(
      (value, row) => `(${row}, CAST(${value} AS ${type}))`,
    );
    return `(VALUES ${rows.join(
      ', ',
    )}) AS c${position}(i${position}, ${VARIABLE_PREFIX}${own})`;
  });
  const list = (texts: string[], type: string) =>
    texts.length > 0 ? `[${texts.join(', ')}]` : `CAST([] AS ${type}[])`;
  const columns = [
    String(index),
    list(
      component.classes.map((_, position) => `i${position}`),
      'INTEGER',
    ),
    list(
      draft.atoms.map(text => `TRY(CAST(${text} AS BOOLEAN))`),
      'BOOLEAN',
    ),
    list(
      // What is no value of the class's own type is none that a row can have.
      draft.derived.map((text, position) => {
        const own = component.derived[position];
        const type = columnTypeSql(system.variables[own].type);
        return `TRY(CAST(CAST(${text} AS ${type}) AS VARCHAR))`;
      }),
      'VARCHAR',
    ),
    list(
      draft.sides.flatMap((text, position) =>
        position % 2 === 0
          ? [`TRY(mig_distance(${text}, ${draft.sides[position + 1]}))`]
          : [],
      ),
      'DOUBLE',
    ),
  ];
  const from =
    sources.length > 0 ? ` FROM ${sources.join(' CROSS JOIN ')}` : '';
  return `SELECT ${columns.join(', ')}${from}`;
}

function truthOf(value: unknown): Truth {
  return typeof value === 'boolean' ? value : undefined;
}

/** Which side of a turning point, and whether next to it. */
function nearness(distance: unknown): string {
  if (typeof distance !== 'number') return '?';
  const size = Math.abs(distance);
  if (size === 0) return '0';
  const apart = size === DAY_SECONDS ? 'day' : 'far';
  return `${distance > 0 ? '+' : '-'}${size <= 1 ? 'near' : apart}`;
}

function items(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Adds what DuckDB said to the components. */
function take(rows: unknown[][], drafts: Draft[], system: ConditionSystem) {
  for (const [index, chosen, truth, derived, distances] of rows) {
    const { component, values } = drafts[Number(index)];
    const truths = items(truth).map(truthOf);
    component.combinations.push({
      values: items(chosen).map(
        (row, position) => values[position][Number(row)],
      ),
      truth: truths,
      kind: [...truths.map(String), ...items(distances).map(nearness)].join(),
      derived: items(derived).map((value, position) => {
        const { type } = system.variables[component.derived[position]];
        return value === null
          ? 'NULL'
          : `CAST(${quoteText(String(value))} AS ${columnTypeSql(type)})`;
      }),
    });
  }
}

/** Lets DuckDB itself say what every atom makes of every combination of values. */
export async function truthTable(
  system: ConditionSystem,
  classes: JoinClasses,
  tables: BedTable[],
  database: ProverDatabase,
): Promise<Component[]> {
  const components = findComponents(system, classes);
  const trees = components.map(component => {
    const atoms = component.atoms.map(index =>
      inClasses(system.atoms[index].tree, classes),
    );
    return {
      atoms,
      derived: component.derived
        .map(own => classes.derived.get(own))
        .filter(isTreeNode),
      sides: atoms.flatMap(sidesOf),
    };
  });
  const texts = await printExpressions(
    database,
    trees.flatMap(({ atoms, derived, sides }) => [
      ...atoms,
      ...derived,
      ...sides,
    ]),
  );
  const drafts = components.map((component, index): Draft => {
    const { atoms, derived, sides } = trees[index];
    return {
      component,
      atoms: texts.splice(0, atoms.length),
      derived: texts.splice(0, derived.length),
      sides: texts.splice(0, sides.length),
      values: component.classes.map(own =>
        valuesOf(own, component, system, classes, tables),
      ),
    };
  });
  const queries = drafts.map((draft, index) => tableSql(index, draft, system));
  if (queries.length === 0) return [];
  try {
    const { rows } = await database.query(queries.join(' UNION ALL '));
    take(rows, drafts, system);
  } catch {
    for (const query of queries) {
      try {
        take((await database.query(query)).rows, drafts, system);
      } catch {
        // These atoms do not bind outside of their query: left to chance.
      }
    }
  }
  return components.filter(({ combinations }) => combinations.length > 0);
}
