import { isMap, isScalar, isSeq, Scalar, YAMLMap } from 'yaml';
import { moveExpression, readExpression } from './fieldExpressions';
import {
  canWrite,
  isField,
  maps,
  refuse,
  renamed,
  replace,
  replaceSql,
  scalar,
  use,
  YamlContext,
} from './YamlContext';

/** Moves the declaration of the source table, with its columns and tests. */
export async function rewriteSource(
  context: YamlContext,
  source: YAMLMap,
): Promise<void> {
  const sourceName = scalar(source, 'name');
  if (!sourceName) {
    return;
  }
  const tables = maps(source.get('tables', true));
  for (const table of tables) {
    const name = scalar(table, 'name');
    const target =
      name &&
      context.matcher.matchJinja('source', [sourceName.value, name.value]);
    if (!name || !target || target.call !== 'source') {
      continue;
    }
    const [newSource, newTable] = target.args;
    const declared = tables.some(
      other => scalar(other, 'name')?.value === newTable,
    );
    if (declared) {
      // The new table is declared already; the old declaration reads nothing.
      continue;
    }
    use(context, name);
    if (newSource !== sourceName.value) {
      refuse(context, name, 'CONFIG_NOT_SUPPORTED');
      continue;
    }
    if (context.keepOld) {
      declareBeside(context, table, newTable);
      continue;
    }
    replace(context, name, newTable);
    const identifier = scalar(table, 'identifier');
    if (identifier?.value === name.value) {
      replace(context, identifier, newTable);
    }
    const columns = maps(table.get('columns', true));
    for (const column of columns) {
      rewriteColumn(context, column, columns);
    }
    await rewriteTableTests(context, table);
  }
}

/** Puts a declaration of the new table in front of the old one's. */
function declareBeside(context: YamlContext, table: YAMLMap, name: string) {
  const start = table.range?.[0] ?? 0;
  const lineStart = context.text.lastIndexOf('\n', start - 1) + 1;
  const lead = context.text.slice(lineStart, start);
  if (!/^[ \t]*-[ \t]+$/.test(lead)) {
    refuse(context, table, 'CONFIG_NOT_SUPPORTED');
    return;
  }
  const newline = context.text.includes('\r\n') ? '\r\n' : '\n';
  const text = `name: ${name}${newline}${lead}`;
  context.edits.push({ start, end: start, text, owner: start });
}

/**
 * A renamed column is renamed. One without a plain counterpart goes with its line,
 * unless something tests it.
 */
function rewriteColumn(
  context: YamlContext,
  column: YAMLMap,
  siblings: readonly YAMLMap[],
) {
  const name = scalar(column, 'name');
  if (!name || !isField(context, name.value)) {
    return;
  }
  const newName = renamed(context, name.value);
  if (newName !== undefined) {
    replace(context, name, newName);
    return;
  }
  use(context, name, name.value);
  const tested = column.has('tests') || column.has('data_tests');
  if (tested || !removeItem(context, column, siblings)) {
    refuse(context, name, 'DBT_TEST_UNSUPPORTED');
  }
}

/** Takes a list item's lines out; false if the list would be empty or is on one line. */
function removeItem(
  context: YamlContext,
  item: YAMLMap,
  siblings: readonly YAMLMap[],
): boolean {
  const { text } = context;
  const lineOf = (node: YAMLMap) =>
    text.lastIndexOf('\n', (node.range?.[0] ?? 0) - 1) + 1;
  const start = lineOf(item);
  const left = siblings.filter(other => {
    const name = scalar(other, 'name');
    return name && renamed(context, name.value) !== undefined;
  });
  const lead = text.slice(start, item.range?.[0] ?? 0);
  if (left.length === 0 || !/^[ \t]*-[ \t]+$/.test(lead)) {
    return false;
  }
  const next = siblings[siblings.indexOf(item) + 1];
  const last = text.indexOf('\n', (item.range?.[1] ?? 0) - 1);
  const end = next ? lineOf(next) : last + 1;
  context.edits.push({
    start,
    end: end || text.length,
    text: '',
    owner: start,
  });
  return true;
}

/** Arguments of dbt's own tests, dbt_utils and dbt_expectations that hold one column. */
const FIELD_KEYS =
  /^(field|column|column_name|loaded_at_field|column_A|column_B|date_col|date_column_name|timestamp_column)$/;
/** Their arguments that hold a list of columns. */
const FIELD_LISTS =
  /^(combination_of_columns|column_list|compare_columns|group_by_columns|group_by|columns)$/;
/** Their arguments that hold SQL over the tested table. */
const EXPRESSION_KEYS =
  /^(expression|where|row_condition|from_condition|condition|partition_by|lower_bound_column|upper_bound_column)$/;

/** Tests and settings of the source table itself: names of fields are renamed, or it is refused. */
async function rewriteTableTests(context: YamlContext, table: YAMLMap) {
  for (const key of ['tests', 'data_tests', 'loaded_at_field', 'freshness']) {
    await rewriteTest(context, table.get(key, true), key);
  }
  for (const column of maps(table.get('columns', true))) {
    for (const key of ['tests', 'data_tests']) {
      await rewriteTest(context, column.get(key, true), key);
    }
  }
}

/** `key` is what the node is the value of. */
async function rewriteTest(
  context: YamlContext,
  node: unknown,
  key: string,
): Promise<void> {
  if (isSeq(node)) {
    for (const item of node.items) {
      await rewriteTest(context, item, key);
    }
  } else if (isMap(node)) {
    // `relationships` names a field of the other side.
    const other = node.has('to');
    for (const pair of node.items) {
      const name = isScalar(pair.key) ? String(pair.key.value) : key;
      if (!other || /^(where|from_condition|config)$/.test(name)) {
        await rewriteTest(context, pair.value, name);
      }
    }
  } else if (isScalar(node) && typeof node.value === 'string') {
    await rewriteArgument(context, node as Scalar<string>, key);
  }
}

async function rewriteArgument(
  context: YamlContext,
  node: Scalar<string>,
  key: string,
) {
  const words = node.value.toLowerCase().match(/[a-z_]\w*/g) ?? [];
  const changed = words.filter(
    word => isField(context, word) && renamed(context, word) !== word,
  );
  if (
    changed.length === 0 ||
    /^(name|description|tests|data_tests)$/.test(key)
  ) {
    return;
  }
  const newName = renamed(context, node.value);
  if ((FIELD_KEYS.test(key) || FIELD_LISTS.test(key)) && newName) {
    use(context, node, node.value);
    replace(context, node, newName);
    return;
  }
  const expression = EXPRESSION_KEYS.test(key)
    ? await readExpression(context, node.value)
    : undefined;
  const names = expression?.names.map(({ name }) => name) ?? [];
  if (!expression || names.length === 0) {
    refuse(context, node, 'DBT_TEST_UNSUPPORTED');
  } else if (canWrite(context, node, names)) {
    use(context, node, names[0]);
    replaceSql(context, node, moveExpression(context, expression));
  }
}
