import { CodeNode } from '../treeSitter/CodeParser';
import { Binders } from './Binders';
import { childOf, namedChildren, ScalaFile } from './ScalaFile';

/** Keys that a function reads of its rows: each with the literals that name it. */
export type RowKeys = Map<string, CodeNode[]>;

const SAME_ROWS =
  /^(filter|filterNot|sample|distinct|withName|debug|reshuffle|setCoder)$/;
const LAST = /^(map|flatMap|foreach)$/;
const GETTER =
  /^(get|getString|getLong|getInt|getDouble|getFloat|getBoolean|getTimestamp|getDate|getTime|getDateTime|getRecord|getRepeated|getList|getNumeric|getBigDecimal|containsKey|contains|apply)$/;

/**
 * Follows the rows that an expression reads through the calls behind it. Returns
 * nothing if a row leaves what can be seen, so that any field may be read of it.
 */
export function rowUses(
  file: ScalaFile,
  binders: Binders,
  rows: CodeNode,
): RowKeys | undefined {
  const keys: RowKeys = new Map();
  return follow({ file, binders, keys }, rows, 0) ? keys : undefined;
}

interface Follow {
  file: ScalaFile;
  binders: Binders;
  keys: RowKeys;
}

function follow(context: Follow, rows: CodeNode, depth: number): boolean {
  const { file, binders } = context;
  const parent = file.parent(rows);
  if (
    parent?.type === 'val_definition' &&
    rows.field === 'value' &&
    depth < 4
  ) {
    const name = childOf(parent, 'pattern');
    if (
      name?.type !== 'identifier' ||
      binders.only(file.source(name)) !== parent ||
      file.parent(parent)?.type !== 'block'
    ) {
      return false;
    }
    const uses = binders.uses(file.source(name));
    return (
      uses.length > 0 && uses.every(use => follow(context, use, depth + 1))
    );
  }
  if (parent?.type !== 'field_expression' || rows.field !== 'value') {
    return false;
  }
  const method = childOf(parent, 'field');
  const name = method ? file.source(method) : '';
  const call = file.parent(parent);
  const list =
    call?.type === 'call_expression' && parent.field === 'function'
      ? childOf(call, 'arguments')
      : undefined;
  if (!call || !list) {
    return /^(distinct|debug)$/.test(name) && follow(context, parent, depth);
  }
  if (/^(withName|sample|debug|reshuffle|setCoder|distinct)$/.test(name)) {
    return follow(context, call, depth);
  }
  const args = list.type === 'block' ? [list] : namedChildren(list);
  if (args.length !== 1 || !readsOnlyKeys(context, args[0])) {
    return false;
  }
  return (
    LAST.test(name) || (SAME_ROWS.test(name) && follow(context, call, depth))
  );
}

/** The function reads its rows by literal keys and hands them to nothing else. */
function readsOnlyKeys(context: Follow, argument: CodeNode): boolean {
  const { file } = context;
  let body = argument;
  while (
    (body.type === 'block' || body.type === 'parenthesized_expression') &&
    namedChildren(body).length === 1
  ) {
    [body] = namedChildren(body);
  }
  if (body.type === 'lambda_expression') {
    return readsParameter(context, body);
  }
  const wildcards = inside(file, body).filter(node => node.type === 'wildcard');
  return (
    wildcards.length === 1 &&
    standsFor(file, wildcards[0], body) &&
    noteKey(context, wildcards[0])
  );
}

/** Inside the arguments of another call, a wildcard is the parameter of another function. */
function standsFor(
  file: ScalaFile,
  wildcard: CodeNode,
  body: CodeNode,
): boolean {
  for (
    let node: CodeNode | undefined = wildcard;
    node && node !== body;
    node = file.parent(node)
  ) {
    if (node.type === 'arguments' || node.type === 'block') {
      return false;
    }
  }
  return body.type !== 'block';
}

function readsParameter(context: Follow, lambda: CodeNode): boolean {
  const { file } = context;
  const parameters = childOf(lambda, 'parameters');
  const name =
    parameters?.type === 'identifier' ? parameters : onlyName(parameters);
  if (!name || !parameters) {
    return false;
  }
  const text = file.source(name);
  const same = inside(file, lambda).filter(
    node =>
      node.type === 'identifier' &&
      file.source(node) === text &&
      node.start >= parameters.end,
  );
  return same.every(node => {
    const parent = file.parent(node);
    if (parent?.type === 'field_expression' && node.field === 'field') {
      return true;
    }
    return noteKey(context, node);
  });
}

function onlyName(parameters: CodeNode | undefined): CodeNode | undefined {
  if (!parameters) {
    return undefined;
  }
  const [binding, ...more] = namedChildren(parameters);
  return binding && more.length === 0
    ? childOf(binding, 'name') ??
        (binding.type === 'identifier' ? binding : undefined)
    : undefined;
}

function inside(file: ScalaFile, node: CodeNode): CodeNode[] {
  return file.nodes.filter(
    each => each.start >= node.start && each.end <= node.end,
  );
}

/** `row.getString("country")` or `row("country")`. */
function noteKey({ file, keys }: Follow, row: CodeNode): boolean {
  const parent = file.parent(row);
  let call = parent;
  if (parent?.type === 'field_expression' && row.field === 'value') {
    const method = childOf(parent, 'field');
    if (!method || !GETTER.test(file.source(method))) {
      return false;
    }
    call = file.parent(parent);
    if (call?.type === 'generic_function') {
      return false;
    }
    if (parent.field !== 'function') {
      return false;
    }
  } else if (row.field !== 'function') {
    return false;
  }
  const list = call?.type === 'call_expression' && childOf(call, 'arguments');
  if (!list || list.type !== 'arguments') {
    return false;
  }
  const [key, ...more] = namedChildren(list);
  if (key?.type !== 'string' || more.length > 0) {
    return false;
  }
  const written = file.source(key);
  if (!/^"[\w]+"$/.test(written)) {
    return false;
  }
  const field = written.slice(1, -1);
  keys.set(field, [...(keys.get(field) ?? []), key]);
  return true;
}
