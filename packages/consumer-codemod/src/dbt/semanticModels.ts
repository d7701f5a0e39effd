import { isMap, isScalar, Scalar, YAMLMap } from 'yaml';
import { moveExpression, readExpression } from './fieldExpressions';
import {
  canWrite,
  isField,
  maps,
  moveCalls,
  oldCalls,
  refuse,
  renamed,
  replace,
  replaceSql,
  sameRows,
  scalar,
  use,
  YamlContext,
} from './YamlContext';

/**
 * A semantic model over the old dataset: its entities, dimensions and measures are
 * expressions over columns, named by `expr`, or by `name` where there is none. It has no place
 * for a condition, so other rows are handed over.
 */
export async function rewriteSemanticModel(
  context: YamlContext,
  model: YAMLMap,
): Promise<void> {
  const relation = scalar(model, 'model');
  const calls = relation ? oldCalls(context, relation.value) : [];
  if (!relation || calls.length === 0) {
    return;
  }
  context.done.add(relation);
  use(context, relation);
  const moved = moveCalls(context, relation.value, calls);
  if (moved === undefined) {
    refuse(context, relation, 'CONFIG_NOT_SUPPORTED');
    return;
  }
  if (!sameRows(context)) {
    refuse(context, relation, 'DBT_ROWS_DIFFER');
    return;
  }
  replace(context, relation, moved);
  for (const key of ['entities', 'dimensions', 'measures']) {
    for (const element of maps(model.get(key, true))) {
      await rewriteElement(context, element);
    }
  }
}

async function rewriteElement(context: YamlContext, element: YAMLMap) {
  const name = scalar(element, 'name');
  const expr = element.get('expr', true);
  if (expr !== undefined) {
    // A number or a truth value reads no column.
    if (isScalar(expr) && typeof expr.value === 'string') {
      await rewriteExpr(context, expr as Scalar<string>);
    } else if (!isScalar(expr)) {
      refuse(context, element, 'DBT_TEST_UNSUPPORTED');
    }
    return;
  }
  if (!name || !isField(context, name.value)) {
    refuse(context, name ?? element, 'DBT_TEST_UNSUPPORTED');
    return;
  }
  if (
    renamed(context, name.value)?.toLowerCase() === name.value.toLowerCase()
  ) {
    return;
  }
  if (canWrite(context, name, [name.value])) {
    use(context, name, name.value);
    await addExpr(context, element, name);
  }
}

async function rewriteExpr(context: YamlContext, expr: Scalar<string>) {
  const expression = await readExpression(context, expr.value);
  if (!expression) {
    refuse(context, expr, 'DBT_TEST_UNSUPPORTED');
    return;
  }
  const names = expression.names.map(({ name }) => name);
  if (canWrite(context, expr, names)) {
    names.forEach(each => use(context, expr, each));
    const moved = moveExpression(context, expression);
    if (moved !== expr.value) {
      replaceSql(context, expr, moved);
    }
  }
}

/** Names the column behind an element that had its name. */
async function addExpr(
  context: YamlContext,
  element: YAMLMap,
  name: Scalar<string>,
) {
  const { text } = context;
  const field = await readExpression(context, name.value);
  const [, end] = name.range ?? [0, 0];
  const key = element.items.find(({ value }) => value === name)?.key;
  const start = isScalar(key) ? key.range?.[0] : undefined;
  if (!field || start === undefined || (isMap(element) && element.flow)) {
    refuse(context, name, 'CONFIG_NOT_SUPPORTED');
    return;
  }
  const column = start - (text.lastIndexOf('\n', start - 1) + 1);
  const moved = moveExpression(context, field);
  const written = /^[A-Za-z_]\w*$/.test(moved)
    ? moved
    : `"${moved.replace(/[\\"]/g, mark => `\\${mark}`)}"`;
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  context.edits.push({
    start: end,
    end,
    text: `${newline}${' '.repeat(column)}expr: ${written}`,
    owner: end,
  });
}
