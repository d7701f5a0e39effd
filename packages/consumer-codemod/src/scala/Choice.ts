import { CodeNode } from '../treeSitter/CodeParser';
import { Binders } from './Binders';
import { childOf, namedChildren, ScalaFile } from './ScalaFile';

/** A table that the command line may name, by Scio's arguments: `args.getOrElse("input", …)`. */
export interface Choice {
  /** What gives the name, if the command line does: `args.optional("input")`. */
  given: { args: string; key: string };
}

/** What creates Scio's arguments. */
const ARGUMENTS =
  /^val\s*\(\s*\w+\s*,\s*(\w+)\s*\)\s*=\s*ContextAndArgs(?:\.typed)?\s*\(/;

/**
 * The choice that a call makes between the command line and a name; nothing if what it
 * is called on is not known to be Scio's arguments.
 */
export function choiceOf(
  file: ScalaFile,
  binders: Binders,
  call: CodeNode,
  name: CodeNode,
): Choice | undefined {
  const target = childOf(call, 'function');
  const list = childOf(call, 'arguments');
  const owner = target && childOf(target, 'value');
  const method = target && childOf(target, 'field');
  if (!list || !owner || !method || file.source(method) !== 'getOrElse') {
    return undefined;
  }
  const given = namedChildren(list);
  if (given.length === 2 && given[1] === name) {
    return chosen(file, binders, owner, given[0]);
  }
  // `args.optional("input").getOrElse(…)`
  const inner = childOf(owner, 'function');
  const keys = childOf(owner, 'arguments');
  const optional = inner && childOf(inner, 'field');
  const args = inner && childOf(inner, 'value');
  const [key, ...more] = keys ? namedChildren(keys) : [];
  return given.length === 1 &&
    given[0] === name &&
    optional &&
    file.source(optional) === 'optional' &&
    args &&
    key &&
    more.length === 0
    ? chosen(file, binders, args, key)
    : undefined;
}

function chosen(
  file: ScalaFile,
  binders: Binders,
  args: CodeNode,
  key: CodeNode,
): Choice | undefined {
  const name = file.source(args);
  const definition =
    args.type === 'identifier' ? binders.only(name) : undefined;
  const isScio =
    definition?.type === 'val_definition' &&
    ARGUMENTS.exec(file.source(definition))?.[1] === name &&
    /\bcom\.spotify\.scio\b/.test(file.text);
  return isScio && /^"[\w-]+"$/.test(file.source(key))
    ? { given: { args: name, key: file.source(key) } }
    : undefined;
}
