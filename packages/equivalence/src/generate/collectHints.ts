import {
  AstNode,
  childNode,
  childNodes,
  columnsIn,
  identifier,
  walkAst,
} from '../translate/ast';

/** Literals that queries compare columns with, by lower-case column name. */
export interface Hints {
  literals: Map<string, Set<string>>;
  /** Pairs of columns that are compared with each other. */
  pairs: Array<[string, string]>;
  /** Columns that stand where a condition does. */
  conditions: Set<string>;
  /** Columns that are turned into dates: points in time. */
  points: Set<string>;
  /** Paths that are read of columns of JSON documents. */
  documents: Map<string, Set<string>>;
  /** Types that columns are cast to, in the dialect's words. */
  casts: Map<string, Set<string>>;
  /** Columns that count seconds, or parts of them, since 1970. */
  epochs: Set<string>;
  /** Small whole numbers, as in `INTERVAL 7 DAY`: distances worth trying. */
  distances: Set<number>;
}

const COMPARISONS = new Set([
  'eq',
  'neq',
  'lt',
  'lte',
  'gt',
  'gte',
  'between',
  'in',
  'like',
  'i_like',
  'ilike',
  'null_safe_eq',
  'is',
  'starts_with',
  'ends_with',
  'contains',
  'regexp_like',
]);
const CONDITIONS = new Set([
  'where_clause',
  'having',
  'qualify',
  'and',
  'or',
  'not',
]);
const POINTS =
  /^(DATE|TIMESTAMP_(TRUNC|SUB|ADD|DIFF)|UNIX_\w+|FORMAT_TIMESTAMP)$/i;
const EPOCHS = /^TIMESTAMP_(SECONDS|MILLIS|MICROS)$/i;
const COMPARING_FUNCTIONS =
  /^(starts_with|ends_with|regexp_contains|contains_substr|startswith|endswith)$/i;

function literalsIn(value: unknown): string[] {
  const found: string[] = [];
  walkAst(value, (kind, node) => {
    if (kind === 'literal' && node.value !== undefined) {
      found.push(String(node.value));
    }
  });
  return found;
}

function addTo(
  map: Map<string, Set<string>>,
  key: string | undefined,
  value: string,
): void {
  if (!key) return;
  const lower = key.toLowerCase();
  map.set(lower, (map.get(lower) ?? new Set()).add(value));
}

/** Notes what a cast, or a function that reads JSON, tells about the text it is given. */
function readText(kind: string, node: AstNode, hints: Hints): void {
  const called = kind === 'function' && /^JSON_/i.test(String(node.name));
  const [first, second] = called
    ? childNodes(node, 'args')
    : [childNode(node, 'this'), childNode(node, 'path')];
  const column = first && childNode(first, 'column');
  if (!column) return;
  const name = identifier(column, 'name');
  if (/^(cast|safe_cast|try_cast)$/.test(kind)) {
    const to = childNode(node, 'to');
    addTo(hints.casts, name, String(to?.name ?? to?.data_type ?? ''));
    return;
  }
  if (!called && !kind.startsWith('json_')) return;
  const path = childNode(second ?? {}, 'literal')?.value;
  if (typeof path !== 'string') return;
  if (path !== '$') addTo(hints.documents, name, path);
  // `document.key`, if it is not a column of a table.
  else addTo(hints.documents, identifier(column, 'table'), `$.${name}`);
}

/** The column that a function of this name is called with. */
function calledWith(
  kind: string,
  node: AstNode,
  names: RegExp,
): string | undefined {
  const taken = kind === 'function' && names.test(String(node.name));
  const [argument] = taken ? childNodes(node, 'args') : [];
  const column = argument && childNode(argument, 'column');
  return column && identifier(column, 'name')?.toLowerCase();
}

function add(hints: Hints, column: string, literals: string[]) {
  const known = hints.literals.get(column.toLowerCase()) ?? new Set<string>();
  for (const literal of literals) known.add(literal);
  hints.literals.set(column.toLowerCase(), known);
}

function compares(kind: string, node: AstNode): boolean {
  if (COMPARISONS.has(kind)) return true;
  if (kind === 'case') return childNode(node, 'operand') !== undefined;
  return kind === 'function' && COMPARING_FUNCTIONS.test(String(node.name));
}

/**
 * Reads the comparisons of some statements.
 *
 * @param derived - old fields by lower-case name, with the new columns their expression reads
 */
export function collectHints(
  statements: AstNode[],
  derived: Map<string, string[]>,
): Hints {
  const hints: Hints = {
    literals: new Map(),
    pairs: [],
    conditions: new Set(),
    points: new Set(),
    epochs: new Set(),
    documents: new Map(),
    casts: new Map(),
    distances: new Set([1, 33]),
  };
  const sources = new Map(derived);
  for (const statement of statements) {
    walkAst([statement], (kind, node) => {
      const alias = kind === 'alias' ? identifier(node, 'alias') : undefined;
      if (alias && !sources.has(alias.toLowerCase())) {
        const columns = columnsIn(node.this).map(column => column.name);
        sources.set(alias.toLowerCase(), columns);
      }
      if (kind === 'interval') {
        for (const literal of literalsIn(node)) {
          const distance = Number(literal);
          if (Number.isInteger(distance) && Math.abs(distance) < 1000) {
            hints.distances.add(distance);
          }
        }
      }
      readText(kind, node, hints);
      const point = calledWith(kind, node, POINTS);
      if (point) hints.points.add(point);
      const epoch = calledWith(kind, node, EPOCHS);
      if (epoch) hints.epochs.add(epoch);
      if (CONDITIONS.has(kind)) {
        for (const key of ['this', 'left', 'right']) {
          const operand = childNode(childNode(node, key) ?? {}, 'column');
          const name = operand && identifier(operand, 'name');
          if (name) hints.conditions.add(name.toLowerCase());
        }
      }
      if (!compares(kind, node)) return;
      const columns = columnsIn(node).map(column => column.name);
      const literals = literalsIn(node);
      for (const column of columns) add(hints, column, literals);
      if ((kind === 'eq' || kind === 'null_safe_eq') && columns.length === 2) {
        hints.pairs.push([columns[0].toLowerCase(), columns[1].toLowerCase()]);
      }
    });
  }
  // Names from CTEs and old fields lead back to the columns behind them.
  for (let round = 0; round < 3; round++) {
    for (const [name, literals] of [...hints.literals]) {
      for (const column of sources.get(name) ?? []) {
        if (column.toLowerCase() !== name) add(hints, column, [...literals]);
      }
    }
  }
  return hints;
}
