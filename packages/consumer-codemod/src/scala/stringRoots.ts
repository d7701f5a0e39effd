import { EmbeddedSql } from '../embedded/EmbeddedSql';
import { printEmbedded } from '../embedded/rewriteEmbedded';
import { CodeNode } from '../treeSitter/CodeParser';
import { Binders } from './Binders';
import { readString } from './readString';
import { childOf, namedChildren, ScalaFile } from './ScalaFile';

/** A whole expression that makes a string, with what it holds. */
export interface StringRoot {
  node: CodeNode;
  sql: EmbeddedSql;
}

const LITERALS = new Set(['string', 'interpolated_string_expression']);

/** The string expressions of a file that are part of no larger one. */
export function stringRoots(file: ScalaFile, binders: Binders): StringRoot[] {
  const roots: StringRoot[] = [];
  const read = new Set<number>();
  for (const node of file.nodes) {
    if (!LITERALS.has(node.type) || read.has(node.start)) {
      continue;
    }
    for (const candidate of around(file, node)) {
      const args = formatArguments(file, candidate);
      const sql = readString(file, binders, candidate, args);
      if (sql) {
        roots.push({ node: candidate, sql });
        for (const literal of literalNodes(file, candidate)) {
          read.add(literal.start);
        }
        break;
      }
    }
  }
  return roots;
}

/** The literals that make up a string; those inside an interpolation are strings of their own. */
function literalNodes(file: ScalaFile, node: CodeNode): CodeNode[] {
  if (LITERALS.has(node.type)) {
    return [node];
  }
  const inner =
    node.type === 'call_expression' ? childOf(node, 'function') : undefined;
  return (inner ? [inner] : node.children).flatMap(child =>
    literalNodes(file, child),
  );
}

/** The expressions around a literal that may make one string with it, widest first. */
function around(file: ScalaFile, node: CodeNode): CodeNode[] {
  const chain = [node];
  let current = node;
  for (;;) {
    const parent = file.parent(current);
    if (!parent) {
      break;
    }
    const operator = childOf(parent, 'operator');
    const joins =
      parent.type === 'parenthesized_expression' ||
      (parent.type === 'infix_expression' &&
        operator !== undefined &&
        file.source(operator) === '+') ||
      (parent.type === 'field_expression' && current.field === 'value') ||
      (parent.type === 'call_expression' && current.field === 'function');
    if (!joins) {
      break;
    }
    chain.unshift(parent);
    current = parent;
  }
  return chain;
}

/** Values for `%s` that follow the text in an annotation. */
function formatArguments(file: ScalaFile, node: CodeNode): CodeNode[] {
  const list = file.parent(node);
  if (list?.type !== 'arguments' || file.parent(list)?.type !== 'annotation') {
    return [];
  }
  const [first, ...rest] = namedChildren(list);
  if (first !== node) {
    return [];
  }
  const values = rest.flatMap(arg => {
    const name = childOf(arg, 'left');
    const named = arg.type === 'assignment_expression' && name !== undefined;
    if (!named) {
      return [arg];
    }
    const value = childOf(arg, 'right');
    return file.source(name) === 'args' && value ? [value] : [];
  });
  // Values come one by one, or all in one list.
  const [only] = values;
  const items =
    only?.type === 'call_expression' ? childOf(only, 'arguments') : undefined;
  return items ? namedChildren(items) : values;
}

/** The SQL that a file holds, to compare two readings of it. */
export function sqlOf(file: ScalaFile): string[] {
  return stringRoots(file, new Binders(file)).map(({ sql }) =>
    printEmbedded(sql, file.text),
  );
}
