import { printColumn, View } from '../rewrite/View';
import { CodeNode } from '../treeSitter/CodeParser';
import { childOf, namedChildren, ScalaFile } from './ScalaFile';
import { ScalaPlan } from './ScalaPlan';
import { callee, TableUse } from './TableUse';
import { toSpark } from './toSpark';

const BIGQUERY =
  /\.read\b[^]*(?:\.format\(\s*"(?:bigquery|com\.google\.cloud\.spark\.bigquery[\w.]*)"\s*\)|\.bigquery\()/;

/** The call that gives Spark's data frame of the table; nothing if this is none. */
export function sparkFrame(
  file: ScalaFile,
  use: TableUse,
): CodeNode | undefined {
  if (use.kind !== 'call' || !/\borg\.apache\.spark\b/.test(file.text)) {
    return undefined;
  }
  const target = callee(use.node);
  const source = target ? file.source(target) : '';
  const args = namedChildren(use.list);
  if (args.length === 1 && args[0] === use.argument) {
    const byName =
      /(^|\.)(spark|sparkSession|session|sqlContext|read)\s*\.table$/i.test(
        source,
      ) || /\.read\s*\.bigquery$/.test(source);
    const isFrame = byName || (use.name === 'load' && BIGQUERY.test(source));
    return isFrame && !namesColumns(file, use.node) ? use.node : undefined;
  }
  const isOption =
    use.name === 'option' &&
    args.length === 2 &&
    args[1] === use.argument &&
    /^"(table|dataset)"$/.test(file.source(args[0]));
  for (
    let node: CodeNode | undefined = isOption ? use.node : undefined;
    node && /^(call_expression|field_expression)$/.test(node.type);
    node = file.parent(node)
  ) {
    const called = node.type === 'call_expression' ? callee(node) : undefined;
    if (called && /\.load$/.test(file.source(called))) {
      const list = childOf(node, 'arguments');
      return list &&
        namedChildren(list).length === 0 &&
        BIGQUERY.test(file.source(called)) &&
        !namesColumns(file, node)
        ? node
        : undefined;
    }
  }
  return undefined;
}

/** Calls that set up a read, and options that take no column. */
const SETUP = /^(format|option|load|table|bigquery)$/;
const COLUMNS = /filter|query|schema|field|column|select/i;
const NO_COLUMNS = /^"(combinePushedDownFilters|pushAllFilters)"$/;

/** The read itself is told of columns, such as by `.option("filter", …)`, or by what is not known. */
function namesColumns(file: ScalaFile, frame: CodeNode): boolean {
  for (
    let node: CodeNode | undefined = frame;
    node;
    node = node.children.find(({ field }) => field === 'value')
  ) {
    if (node.type !== 'call_expression') {
      continue;
    }
    const target: CodeNode | undefined = callee(node);
    const method = target && (childOf(target, 'field') ?? target);
    const list = childOf(node, 'arguments');
    const [key] = list ? namedChildren(list) : [];
    if (!target || !method || !SETUP.test(file.source(method))) {
      return true;
    }
    const text = key ? file.source(key) : '';
    const isKnown =
      key?.type === 'string' && (NO_COLUMNS.test(text) || !COLUMNS.test(text));
    if (file.source(method) === 'option' && !isKnown) {
      return true;
    }
    node = target;
  }
  return false;
}

/** Puts the old columns behind the read; false if Spark's SQL cannot say them. */
export function editFrame(
  plan: ScalaPlan,
  use: TableUse,
  frame: CodeNode,
  view: View,
): boolean {
  const columns: string[] = [];
  for (const field of view.fields.values()) {
    const text =
      field.kind === 'expression' ? toSpark(field.expression, view) : undefined;
    if (field.kind !== 'expression' || text === undefined) {
      return false;
    }
    const expression = { ...field.expression, text };
    columns.push(`"${printColumn({ ...field, expression }, undefined)}"`);
  }
  const condition = view.where && toSpark(view.where, view);
  if (view.groupBy || (view.where && condition === undefined)) {
    return false;
  }
  const calls = [
    ...(condition ? [`.where("${condition}")`] : []),
    `.selectExpr(${columns.join(', ')})`,
  ];
  if (calls.some(call => /\\|\n/.test(call))) {
    return false;
  }
  const { text } = plan.file;
  const line = text.lastIndexOf('\n', use.nameNode.start - 1) + 1;
  const lead = text.slice(line, use.nameNode.start);
  // A chain with a call on each line goes on like that.
  const gap = /^[ \t]*\.$/.test(lead) ? `\n${lead.slice(0, -1)}` : '';
  plan.edit(frame.end, frame.end, calls.map(call => gap + call).join(''));
  return true;
}
