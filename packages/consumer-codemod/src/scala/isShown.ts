import { CodeNode } from '../treeSitter/CodeParser';
import { childOf, namedChildren, ScalaFile } from './ScalaFile';
import { callee } from './TableUse';

const PRINTS = /^(?:Console\.)?print(?:ln)?$/;
const LOGS = /^_?log(?:ger)?\s*\.\s*(?:trace|debug|info|warn|error)$/i;
/** What follows the words of a specification: `"A job" should "read all" in { … }`. */
const SPECIFIES = /^(?:should|must|can|in|when|which|that|ignore)$/;
const NAMES_TEST = /^(?:test|describe|it|ignore|feature|scenario)$/;

/** A string that is only shown to people: printed, logged, or the words of a test. */
export function isShown(file: ScalaFile, literal: CodeNode): boolean {
  let node = literal;
  for (;;) {
    const parent = file.parent(node);
    const operator = parent && childOf(parent, 'operator');
    const joins =
      parent?.type === 'parenthesized_expression' ||
      (parent?.type === 'infix_expression' &&
        operator &&
        file.source(operator) === '+');
    if (!parent || !joins) {
      return isShownBy(file, parent, node);
    }
    node = parent;
  }
}

function isShownBy(
  file: ScalaFile,
  parent: CodeNode | undefined,
  node: CodeNode,
): boolean {
  if (parent?.type === 'infix_expression') {
    const operator = childOf(parent, 'operator');
    return operator !== undefined && SPECIFIES.test(file.source(operator));
  }
  const call = parent?.type === 'arguments' ? file.parent(parent) : undefined;
  const target = call?.type === 'call_expression' ? callee(call) : undefined;
  if (!parent || !call || !target || namedChildren(parent)[0] !== node) {
    return false;
  }
  const name = file.source(target);
  const hasBody =
    file.parent(call)?.type === 'call_expression' && call.field === 'function';
  return (
    PRINTS.test(name) || LOGS.test(name) || (NAMES_TEST.test(name) && hasBody)
  );
}
