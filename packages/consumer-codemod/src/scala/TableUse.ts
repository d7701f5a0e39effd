import { CodeNode } from '../treeSitter/CodeParser';
import { Binders } from './Binders';
import { Choice, choiceOf } from './Choice';
import { childOf, namedChildren, ScalaFile } from './ScalaFile';

/** What reads a table whose name stands in the code. */
export interface TableUse {
  kind: 'call' | 'annotation';
  /** `bigQueryTable`, `fromTable`, …. */
  name: string;
  /** Where `name` stands. */
  nameNode: CodeNode;
  /** The whole call, or the annotation. */
  node: CodeNode;
  /** The argument that names the table, with its wrapper. */
  argument: CodeNode;
  /** All arguments. */
  list: CodeNode;
  /** What is put around the name: `Table.Spec`. */
  wrapper?: string;
  /** The command line may name another table. */
  choice?: Choice;
  /** The table's name, or the constant that stands for it. */
  reference: CodeNode;
}

export type FoundUse =
  | { ok: true; uses: TableUse[]; constants: CodeNode[] }
  | { ok: false; reason: string; at: CodeNode };

/** What stands around a name, as far as it has been followed. */
type Around = Pick<TableUse, 'wrapper' | 'choice'>;

const WRAPPER = /^(?:[\w.]+\.)?(Table\.Spec|Table|STable)$/;

/** Follows a table's name to what reads it, through constants of the file. */
export function findUses(
  file: ScalaFile,
  binders: Binders,
  reference: CodeNode,
  depth = 0,
  inherited: Around = {},
): FoundUse {
  const failed = (reason: string): FoundUse => ({
    ok: false,
    reason,
    at: reference,
  });
  let current = reference;
  let { wrapper, choice } = inherited;
  for (;;) {
    const parent = file.parent(current);
    if (!parent) {
      return failed('SCALA_TABLE_USE_UNKNOWN');
    }
    if (
      parent.type === 'assignment_expression' &&
      current.field === 'right' &&
      file.parent(parent)?.type === 'arguments'
    ) {
      current = parent;
      continue;
    }
    if (parent.type === 'val_definition' && current.field === 'value') {
      return depth < 3
        ? findConstantUses(file, binders, parent, depth, { wrapper, choice })
        : failed('SCALA_TABLE_USE_UNKNOWN');
    }
    if (parent.type !== 'arguments') {
      return failed('SCALA_TABLE_USE_UNKNOWN');
    }
    const call = file.parent(parent);
    if (call?.type === 'annotation') {
      const name = childOf(call, 'name');
      const nameNode = name?.children[name.children.length - 1] ?? name;
      return nameNode
        ? {
            ok: true,
            constants: [],
            uses: [
              {
                kind: 'annotation',
                name: file.source(nameNode),
                nameNode,
                node: call,
                argument: current,
                list: parent,
                reference,
              },
            ],
          }
        : failed('SCALA_TABLE_USE_UNKNOWN');
    }
    const target = call && callee(call);
    if (!call || !target) {
      return failed('SCALA_TABLE_USE_UNKNOWN');
    }
    const source = file.source(target);
    if (
      !wrapper &&
      WRAPPER.test(source) &&
      namedChildren(parent).length === 1
    ) {
      wrapper = source;
      current = call;
      continue;
    }
    const nameNode =
      target.type === 'field_expression' ? childOf(target, 'field') : target;
    if (!nameNode) {
      return failed('SCALA_TABLE_USE_UNKNOWN');
    }
    const name = file.source(nameNode);
    if (/^(getOrElse|optional|required)$/.test(name)) {
      choice =
        wrapper || choice ? undefined : choiceOf(file, binders, call, current);
      if (!choice) {
        return failed('SCALA_TABLE_FROM_ARGS');
      }
      current = call;
      continue;
    }
    return {
      ok: true,
      constants: [],
      uses: [
        {
          kind: 'call',
          name,
          nameNode,
          node: call,
          argument: current,
          list: parent,
          reference,
          ...(wrapper && { wrapper }),
          ...(choice && { choice }),
        },
      ],
    };
  }
}

/** The function of a call, without its type arguments. */
export function callee(call: CodeNode): CodeNode | undefined {
  const target = childOf(call, 'function');
  return target?.type === 'generic_function'
    ? childOf(target, 'function')
    : target;
}

function findConstantUses(
  file: ScalaFile,
  binders: Binders,
  definition: CodeNode,
  depth: number,
  inherited: Around,
): FoundUse {
  const name = childOf(definition, 'pattern');
  if (
    name?.type !== 'identifier' ||
    binders.only(file.source(name)) !== definition
  ) {
    return { ok: false, reason: 'SCALA_TABLE_USE_UNKNOWN', at: definition };
  }
  const found: FoundUse = { ok: true, uses: [], constants: [definition] };
  for (const use of binders.uses(file.source(name))) {
    const parent = file.parent(use);
    // `Tables.X` counts as a whole.
    const reference =
      parent?.type === 'field_expression' && use.field === 'field'
        ? parent
        : use;
    const around = file.parent(reference);
    if (around?.type === 'assignment_expression' && use.field === 'left') {
      // The name of an argument.
      continue;
    }
    if (isInterpolated(file, reference)) {
      // A hole of a string: what becomes of it is said where the string is read.
      continue;
    }
    const next = findUses(file, binders, reference, depth + 1, inherited);
    if (!next.ok) {
      return next;
    }
    found.uses.push(...next.uses);
    found.constants.push(...next.constants);
  }
  return found;
}

/** In `s"$X"` or `s"${X}"`. */
export function isInterpolated(file: ScalaFile, node: CodeNode): boolean {
  const parent = file.parent(node);
  const outer =
    parent?.type === 'block' && namedChildren(parent).length === 1
      ? file.parent(parent)
      : parent;
  return outer?.type === 'interpolation';
}
