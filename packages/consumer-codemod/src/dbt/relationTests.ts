import { isMap, isScalar, isSeq, Node, Pair, Scalar, YAMLMap } from 'yaml';
import { printDerivedTable } from '../rewrite/View';
import { FieldExpression, readExpression } from './fieldExpressions';
import {
  canWrite,
  moveCalls,
  oldCalls,
  refuse,
  renamed,
  replace,
  requote,
  sameRows,
  scalar,
  use,
  YamlContext,
} from './YamlContext';

/** A test that reads a second relation in a `FROM`, and only there. */
interface RelationTest {
  relation: 'to' | 'compare_model';
  /** Arguments over that relation: one column, a list of columns, a condition. */
  field?: string;
  list?: string;
  condition?: string;
}

/**
 * Tests of dbt and of dbt_utils whose macros write the relation behind `FROM` and nowhere else,
 * so that a query in brackets can stand for it.
 */
const RELATION_TESTS: ReadonlyMap<string, RelationTest> = new Map([
  ['relationships', { relation: 'to', field: 'field' }],
  ['dbt.relationships', { relation: 'to', field: 'field' }],
  [
    'dbt_utils.relationships_where',
    { relation: 'to', field: 'field', condition: 'to_condition' },
  ],
  ['dbt_utils.cardinality_equality', { relation: 'to', field: 'field' }],
  [
    'dbt_utils.equal_rowcount',
    { relation: 'compare_model', list: 'group_by_columns' },
  ],
  [
    'dbt_utils.fewer_rows_than',
    { relation: 'compare_model', list: 'group_by_columns' },
  ],
]);

/** dbt gives a subquery in place of a relation this name. */
const ALIAS = 'dbt_subquery';

/** The test that a map of arguments belongs to, by the key that it stands under. */
function testOf(ancestors: readonly unknown[]): string | undefined {
  const keys = ancestors
    .filter((each): each is Pair => each instanceof Pair)
    .map(({ key }) => (isScalar(key) ? String(key.value) : ''));
  const last = keys[keys.length - 1];
  const name = last === 'arguments' ? keys[keys.length - 2] : last;
  return name;
}

/** Arguments over the relation, with where they stand; nothing if one is not read. */
async function readArguments(
  context: YamlContext,
  map: YAMLMap,
  test: RelationTest,
): Promise<Array<{ node: Scalar<string>; sql: FieldExpression }> | undefined> {
  const list = test.list === undefined ? undefined : map.get(test.list, true);
  const nodes: unknown[] = [
    ...(test.field === undefined ? [] : [map.get(test.field, true)]),
    ...(isSeq(list) ? list.items : []),
    ...(test.condition === undefined || !map.has(test.condition)
      ? []
      : [map.get(test.condition, true)]),
  ];
  const found: Array<{ node: Scalar<string>; sql: FieldExpression }> = [];
  for (const node of nodes) {
    const sql =
      isScalar(node) && typeof node.value === 'string'
        ? await readExpression(context, node.value)
        : undefined;
    if (!sql || (list !== undefined && !isSeq(list))) {
      return undefined;
    }
    found.push({ node: node as Scalar<string>, sql });
  }
  return found;
}

/**
 * A test that compares with the old dataset. Where its rows and the names in the
 * arguments stay the same or are renamed, so is the test; else the view stands in
 * place of the relation, which is always right.
 */
export async function rewriteRelationTest(
  context: YamlContext,
  map: YAMLMap,
  ancestors: readonly unknown[],
): Promise<void> {
  const name = testOf(ancestors) ?? '';
  const test = RELATION_TESTS.get(name);
  const relation = test && scalar(map, test.relation);
  const calls = relation ? oldCalls(context, relation.value) : [];
  if (!test || !relation || calls.length === 0) {
    return;
  }
  context.done.add(relation);
  use(context, relation);
  const moved = moveCalls(context, relation.value, calls);
  if (moved === undefined) {
    refuse(context, relation, 'CONFIG_NOT_SUPPORTED');
    return;
  }
  const args = await readArguments(context, map, test);
  const bare = /^\s*(?:\{\{\s*)?((?:ref|source)\s*\([^()]*\))(?:\s*\}\})?\s*$/;
  const call = bare.exec(moved)?.[1];
  if (!args || !call || calls.length !== 1) {
    refuse(context, relation, 'DBT_TEST_UNSUPPORTED');
    return;
  }
  const names = args.flatMap(({ sql }) => sql.names.map(each => each.name));
  if (!args.every(({ node, sql }) => checkFields(context, node, sql))) {
    return;
  }
  const label = `line ${lineOf(context, relation)}, ${name}`;
  const plain = args.every(
    ({ node }) => renamed(context, node.value) !== undefined,
  );
  if (sameRows(context) && plain) {
    replace(context, relation, moved);
    for (const { node } of args) {
      const to = renamed(context, node.value) ?? node.value;
      use(context, node, node.value);
      replace(context, node, to);
    }
    const columns = args.map(({ node }) => renamed(context, node.value) ?? '');
    addStatement(context, label, args, {
      table: context.matcher.newTable,
      columns,
    });
    return;
  }
  for (const { node, sql } of args) {
    sql.names.forEach(each => use(context, node, each.name));
  }
  const fields = [...new Set(names.map(each => each.toLowerCase()))];
  const derived = (table: string) =>
    `${printDerivedTable(context.view, table, fields)} ${ALIAS}`;
  const sql = derived(`{{ ${call} }}`);
  if (/\{[%#]|\{\{(?! (ref|source)\()/.test(sql) || /[\r\n]/.test(sql)) {
    refuse(context, relation, 'DBT_TEST_UNSUPPORTED');
    return;
  }
  requote(context, relation, sql);
  addStatement(context, label, args, {
    table: derived(context.matcher.newTable),
    columns: args.map(({ node }) => node.value),
  });
}

/** Notes what is wrong with the fields of one argument. */
function checkFields(
  context: YamlContext,
  node: Scalar<string>,
  { names }: FieldExpression,
): boolean {
  return canWrite(
    context,
    node,
    names.map(({ name }) => name),
  );
}

function lineOf({ text }: YamlContext, node: Node): number {
  return text.slice(0, node.range?.[0] ?? 0).split('\n').length;
}

/** What the test reads of the dataset, before and after: the rest of it is the same. */
function addStatement(
  context: YamlContext,
  label: string,
  args: ReadonlyArray<{ node: Scalar<string> }>,
  after: { table: string; columns: readonly string[] },
) {
  const print = (columns: readonly string[], table: string) => {
    const list = columns.map((column, index) => `${column} AS c${index}`);
    const groups = list.map((_, index) => index + 1).join(', ');
    return `SELECT ${[...list, 'COUNT(*) AS n'].join(', ')} FROM ${table}${
      groups && ` GROUP BY ${groups}`
    }`;
  };
  const before = args.map(({ node }) => node.value);
  context.result.statements.push({
    label,
    oldSql: print(before, context.matcher.oldTable),
    newSql: print(after.columns, after.table),
    tables: [],
    ordered: false,
  });
}

/** True if a map holds the arguments of a test. */
export function isArguments(map: unknown): map is YAMLMap {
  return isMap(map) && (map.has('to') || map.has('compare_model'));
}
