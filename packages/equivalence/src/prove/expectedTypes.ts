import { structOf, withField } from '../repair/structTypes';
import {
  columnParts,
  nodeAt,
  nodesAt,
  textAt,
  TreeNode,
  walkTree,
} from '../tree/QueryTree';
import { ColumnType, ScalarName } from '../types/ColumnType';

const CONDITION_KEYS = new Set([
  'where_clause',
  'having',
  'qualify',
  'filter',
  'when_expr',
  'condition',
]);
const ARITHMETIC = new Set([
  '+',
  '-',
  '*',
  '/',
  '%',
  '//',
  '&',
  '|',
  '<<',
  '>>',
  'bit_count',
  'sum',
  'avg',
]);
/** How often what a function gives is given on under other names. */
const MAX_CHAIN = 4;
const SCALARS: ScalarName[] = [
  'BOOLEAN',
  'BIGINT',
  'DOUBLE',
  'DATE',
  'TIMESTAMP',
  'TIMESTAMPTZ',
];
const CASTS: Record<string, ScalarName> = {
  'TIMESTAMP WITH TIME ZONE': 'TIMESTAMPTZ',
  INTEGER: 'BIGINT',
};
/** Functions whose results are always of one type. */
const FUNCTIONS: Record<string, ScalarName> = {
  shim_date: 'DATE',
  shim_parse_date: 'DATE',
  make_date: 'DATE',
  last_day: 'DATE',
  shim_datetime: 'TIMESTAMP',
  length: 'BIGINT',
  count: 'BIGINT',
};
const COMPARING = /^COMPARE_(?!IN|NOT_IN)/;

/** A part of what a function gives: the field at the end of a path. */
interface Part {
  name: string;
  path: string[];
}

function scalar(name: ScalarName): ColumnType {
  return { kind: 'scalar', name, known: false };
}

function isNumber(node: TreeNode | undefined): boolean {
  const value = node?.class === 'CONSTANT' ? nodeAt(node, 'value') : undefined;
  return typeof value?.value === 'number';
}

/** The type that a side of a comparison plainly has. */
function plainType(
  node: TreeNode | undefined,
  columns: ReadonlyMap<string, ScalarName>,
): ScalarName | undefined {
  if (!node) return undefined;
  if (isNumber(node)) return 'BIGINT';
  if (node.class === 'CAST') {
    const id = nodeAt(node, 'cast_type')?.id;
    return SCALARS.find(name => name === (CASTS[String(id)] ?? id));
  }
  if (node.class === 'FUNCTION') {
    return FUNCTIONS[textAt(node, 'function_name').toLowerCase()];
  }
  return columns.get(columnParts(node).at(-1)?.toLowerCase() ?? '');
}

function calledName(node: TreeNode | undefined): string | undefined {
  return node?.class === 'FUNCTION' && node.is_operator !== true
    ? textAt(node, 'function_name').toLowerCase()
    : undefined;
}

/** Names under which a query reads what functions give: outputs, and items of their lists. */
function namedParts(queries: TreeNode[]): Map<string, Part> {
  const named = new Map<string, Part>();
  walkTree(queries, node => {
    for (const item of nodesAt(node, 'select_list')) {
      const alias = textAt(item, 'alias').toLowerCase();
      const name = calledName(item);
      if (alias && name) named.set(alias, { name, path: [] });
    }
    const call =
      node.type === 'TABLE_FUNCTION' ? nodeAt(node, 'function') : undefined;
    const list = call?.function_name === 'unnest' ? call : undefined;
    const name = calledName(nodesAt(list, 'children')[0]);
    if (name) {
      const [item] = Array.isArray(node.column_name_alias)
        ? node.column_name_alias.map(String)
        : [];
      const alias = (item ?? textAt(node, 'alias')).toLowerCase();
      if (alias) named.set(alias, { name, path: [] });
    }
    return true;
  });
  // Outputs that are fields of such outputs, and outputs of those.
  for (let round = 0; round < MAX_CHAIN; round++) {
    const before = named.size;
    walkTree(queries, node => {
      for (const item of nodesAt(node, 'select_list')) {
        const alias = textAt(item, 'alias').toLowerCase();
        const part = alias && !named.has(alias) && partOf(item, named);
        if (part) named.set(alias, part);
      }
      return true;
    });
    if (named.size === before) break;
  }
  return named;
}

/** The function behind an expression, with the way to the field that is read of it. */
function partOf(
  node: TreeNode | undefined,
  named: Map<string, Part>,
): Part | undefined {
  if (!node) return undefined;
  if (node.type === 'STRUCT_EXTRACT') {
    const [of, key] = nodesAt(node, 'children');
    const part = partOf(of, named);
    const field = key && nodeAt(key, 'value')?.value;
    return part && typeof field === 'string'
      ? { ...part, path: [...part.path, field] }
      : undefined;
  }
  const name = calledName(node);
  if (name) return { name, path: [] };
  const parts = columnParts(node);
  // `t.output.field` rather than `output.field.field`.
  const places = parts.length > 1 ? [1, 0, 2] : [0];
  for (const place of places) {
    const part = named.get(parts[place]?.toLowerCase() ?? '');
    if (part) {
      return { ...part, path: [...part.path, ...parts.slice(place + 1)] };
    }
  }
  return undefined;
}

/**
 * What queries expect of the functions they call, by lower-case name: where a
 * result stands as a condition, in a sum, as a list or with fields behind it.
 *
 * @param columns - types of columns by lower-case name
 */
export function expectedTypes(
  queries: TreeNode[],
  columns: ReadonlyMap<string, ScalarName> = new Map(),
): Map<string, ColumnType> {
  const named = namedParts(queries);
  const lists = new Set<string>();
  const paths = new Map<string, string[][]>();
  const leaves: Array<{ part: Part; type: ColumnType }> = [];
  const expect = (node: TreeNode | undefined, name: ScalarName) => {
    const part = partOf(node, named);
    if (part) leaves.push({ part, type: scalar(name) });
  };
  walkTree({ queries }, (node, _, key) => {
    if (CONDITION_KEYS.has(key)) expect(node, 'BOOLEAN');
    const children = nodesAt(node, 'children');
    const called = textAt(node, 'function_name').toLowerCase();
    if (node.class === 'CONJUNCTION' || node.type === 'OPERATOR_NOT') {
      for (const child of children) expect(child, 'BOOLEAN');
    }
    const list = called === 'unnest' ? partOf(children[0], named) : undefined;
    if (list?.path.length === 0) lists.add(list.name);
    if (ARITHMETIC.has(called)) {
      for (const child of children) expect(child, 'BIGINT');
    }
    if (node.class === 'CAST') {
      const type = plainType(node, columns);
      if (type) expect(nodeAt(node, 'child'), type);
    }
    if (COMPARING.test(String(node.type))) {
      const [left, right] = [nodeAt(node, 'left'), nodeAt(node, 'right')];
      const [leftType, rightType] = [left, right].map(side =>
        partOf(side, named) ? undefined : plainType(side, columns),
      );
      if (rightType) expect(left, rightType);
      if (leftType) expect(right, leftType);
    }
    const part = partOf(node, named);
    if (part && part.path.length > 0) {
      paths.set(part.name, [...(paths.get(part.name) ?? []), part.path]);
    }
    return true;
  });
  const types = new Map<string, ColumnType>();
  for (const [name, all] of paths) types.set(name, structOf(all));
  for (const { part, type } of leaves) {
    const present = types.get(part.name);
    if (!present) types.set(part.name, type);
    else {
      const next = withField(present, part.path, type);
      if (part.path.length > 0 && next) types.set(part.name, next);
    }
  }
  for (const name of lists) {
    const item = types.get(name) ?? scalar('VARCHAR');
    types.set(name, { kind: 'array', item });
  }
  return types;
}
