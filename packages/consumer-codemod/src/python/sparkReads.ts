import { printColumn } from '../rewrite/View';
import { CodeNode } from '../treeSitter/CodeParser';
import { argumentsOf, calleeOf, methodOf } from './calls';
import { Outcome, PythonFile } from './PythonFile';
import { fieldOf } from './PyTree';
import { isLong, lineStart } from './queryEdits';
import { refuse } from './refuse';
import { isSparkExpression } from './sparkExpressions';
import { fieldsAt, renameEdits, rewrittenRead, TableUse } from './viewAtRead';

const BIGQUERY =
  /\.read\s*(\\\s*)?\.[^]*format\(\s*["'](bigquery|com\.google\.cloud\.spark\.bigquery[^"']*)["']\s*\)/;

/** Options of the connector that say where and how to read, but nothing of columns or rows. */
const PLAIN_OPTIONS = new Set(
  [
    'table',
    'dataset',
    'project',
    'parentProject',
    'parentProjectId',
    'billingProject',
    'credentials',
    'credentialsFile',
    'gcpAccessToken',
    'maxParallelism',
    'preferredMinParallelism',
    'parallelism',
    'viewsEnabled',
    'viewMaterializationProject',
    'viewMaterializationDataset',
    'materializationProject',
    'materializationDataset',
    'readDataFormat',
    'optimizedEmptyProjection',
    'combinePushedDownFilters',
    'pushAllFilters',
    'traceApplicationName',
    'traceJobId',
    'cacheExpirationTimeInMinutes',
    'httpConnectTimeout',
    'httpReadTimeout',
    'proxyAddress',
  ].map(option => option.toLowerCase()),
);

/** True if all that is set between `read` and `load` is known and names no columns or rows. */
function isPlainReader({ tree }: PythonFile, frame: CodeNode): boolean {
  let node = fieldOf(frame, 'function');
  while (node?.type === 'attribute') {
    const object = fieldOf(node, 'object');
    const name = fieldOf(node, 'attribute');
    if (name && tree.textOf(name) === 'read') {
      return true;
    }
    if (object?.type !== 'call') {
      node = object;
      continue;
    }
    const method = methodOf(tree, object);
    const args = argumentsOf(tree, object);
    const keys =
      method === 'option'
        ? [/^["'](\w+)["']$/.exec(tree.textOf(args[0]?.value ?? object))?.[1]]
        : args.map(({ keyword }) => keyword);
    const known =
      method === 'format' ||
      (/^options?$/.test(method) &&
        keys.every(key => PLAIN_OPTIONS.has(key?.toLowerCase() ?? '')));
    if (!known) {
      return false;
    }
    node = fieldOf(object, 'function');
  }
  return false;
}

/** The call that gives the data frame; nothing if this is no read of Spark's. */
function frameOf(file: PythonFile, use: TableUse): CodeNode | undefined {
  const { tree } = file;
  const { call, sink } = use;
  const callee = calleeOf(tree, call);
  const method = methodOf(tree, call);
  const args = argumentsOf(tree, call);
  if (
    /(^|[._])(spark|read|session|sqlcontext|spark_session)\s*(\\\s*)?\.table$/i.test(
      callee,
    )
  ) {
    return args.length === 1 ? call : undefined;
  }
  if (method === 'load' && BIGQUERY.test(callee)) {
    return args.length === 1 && isPlainReader(file, call) ? call : undefined;
  }
  const option =
    method === 'option' &&
    sink.position === 1 &&
    /^["'](table|dataset)["']$/.test(tree.textOf(args[0].value));
  if (!option || !/\.read\b/.test(callee)) {
    return undefined;
  }
  for (let next: CodeNode | undefined = call; next; next = tree.parent(next)) {
    if (next.type === 'call' && methodOf(tree, next) === 'load') {
      return argumentsOf(tree, next).length === 0 &&
        BIGQUERY.test(calleeOf(tree, next)) &&
        isPlainReader(file, next)
        ? next
        : undefined;
    }
    if (!/^(call|attribute)$/.test(next.type)) {
      return undefined;
    }
  }
  return undefined;
}

/** A read of Spark's by table name gets the view's columns and condition behind it. */
export function sparkRead(
  file: PythonFile,
  use: TableUse,
): Outcome | undefined {
  const { view } = file;
  const frame = frameOf(file, use);
  if (!frame || view.groupBy) {
    return undefined;
  }
  const fields = fieldsAt(file, use, frame);
  if (!fields.ok) {
    return fields.outcome;
  }
  const columns: string[] = [];
  for (const name of fields.names) {
    const field = view.fields.get(name);
    if (field?.kind !== 'expression' || !isSparkExpression(field.expression)) {
      return refuse(file, use.sink, 'PYTHON_SPARK_EXPRESSION', name);
    }
    columns.push(printColumn(field, undefined));
  }
  if (view.where && !isSparkExpression(view.where)) {
    return refuse(file, use.sink, 'PYTHON_SPARK_EXPRESSION', view.where.text);
  }
  const names = renameEdits(file, use);
  const condition = view.where ? `.where("${view.where.text}")` : '';
  const listed = columns.map(column => `"${column}"`);
  const single = `.selectExpr(${listed.join(', ')})`;
  const line = lineStart(file, frame);
  const text = isLong(file, frame, condition + single)
    ? `${condition}.selectExpr(${listed
        .map(column => `${line}    ${column},`)
        .join('')}${line})`
    : condition + single;
  return names
    ? rewrittenRead(
        file,
        use,
        [
          ...names,
          { start: frame.end, end: frame.end, text, owner: frame.start },
        ],
        fields.names,
      )
    : undefined;
}
