import { EmbeddedSql } from '../embedded/EmbeddedSql';
import { RewriteContext } from '../rewrite/FileRewriter';
import { CodeNode } from '../treeSitter/CodeParser';
import { readString } from './readString';
import { RowKeys } from './rowUses';
import { childOf, namedChildren } from './ScalaFile';
import { ScalaPlan } from './ScalaPlan';
import { TableUse } from './TableUse';

const PLAIN_NAME = /^[A-Za-z_]\w*$/;

/** What stands behind the table in a read by Storage API, where it has no name. */
const POSITIONS = {
  call: ['selectedFields', 'rowRestriction'],
  annotation: ['args', 'selectedFields', 'rowRestriction'],
};

/** One of the fields that a read selects. */
export interface Selected {
  name: string;
  node: CodeNode;
}

/** What a read is given besides the table. */
export interface ReadArguments {
  selected?: Selected[];
  restriction?: EmbeddedSql;
}

/** Arguments besides the table; nothing if there is one that is not known. */
export function readArguments(
  plan: ScalaPlan,
  use: TableUse,
): ReadArguments | undefined {
  const { file, binders } = plan;
  const args = namedChildren(use.list);
  const [first, ...others] = args;
  if (first !== use.argument) {
    return undefined;
  }
  if (
    first.type === 'assignment_expression' &&
    !/^(table|newSource|tableSpec)\b/.test(file.source(first))
  ) {
    return undefined;
  }
  const storage = /storage/i.test(use.name);
  let selected: Selected[] | undefined;
  let restriction: EmbeddedSql | undefined;
  for (const [index, arg] of others.entries()) {
    const named = arg.type === 'assignment_expression';
    const left = named ? childOf(arg, 'left') : undefined;
    const value = named ? childOf(arg, 'right') : arg;
    const name = left ? file.source(left) : POSITIONS[use.kind][index];
    if (use.name === 'fromTable' && !named) {
      // Values for `%s` in the name, which have been read with it.
      continue;
    }
    if (!storage || !value) {
      return undefined;
    }
    if (name === 'args') {
      // As above.
      continue;
    }
    if (name === 'selectedFields') {
      selected = readList(plan, value);
      if (!selected) {
        return undefined;
      }
    } else if (name === 'rowRestriction') {
      restriction = readString(file, binders, value);
      if (!restriction) {
        return undefined;
      }
    } else {
      return undefined;
    }
  }
  return {
    ...(selected && selected.length > 0 && { selected }),
    ...(restriction && restriction.parts.length > 0 && { restriction }),
  };
}

function readList(plan: ScalaPlan, node: CodeNode): Selected[] | undefined {
  const { file } = plan;
  if (
    /^(Nil|List\.empty(\[String\])?|Seq\.empty(\[String\])?)$/.test(
      file.source(node),
    )
  ) {
    return [];
  }
  const list = childOf(node, 'arguments');
  const target = childOf(node, 'function');
  if (!list || !target || !/^(List|Seq|Array)$/.test(file.source(target))) {
    return undefined;
  }
  const items = namedChildren(list).map(item => ({
    name: file.source(item).slice(1, -1),
    node: item,
  }));
  return items.every(
    ({ node: item, name }) => item.type === 'string' && PLAIN_NAME.test(name),
  )
    ? items
    : undefined;
}

/** Keys that rows are read by, if all of them are fields of the old dataset. */
export function knownKeys(
  keys: RowKeys | undefined,
  { mapping }: RewriteContext,
): string[] | undefined {
  const names = [...(keys?.keys() ?? [])];
  return names.length > 0 &&
    names.every(name => mapping.fields.some(field => field.name === name))
    ? names
    : undefined;
}

/** The fields of `T` in `typedBigQuery[T]`, where `T` is a case class of the file. */
export function classFields(
  plan: ScalaPlan,
  use: TableUse,
  { mapping }: RewriteContext,
): string[] | undefined {
  const { file, binders } = plan;
  const generic = childOf(use.node, 'function');
  const types =
    generic?.type === 'generic_function'
      ? childOf(generic, 'type_arguments')
      : undefined;
  const [type, ...more] = types ? namedChildren(types) : [];
  const definition =
    type && more.length === 0 ? binders.only(file.source(type)) : undefined;
  const parameters =
    definition?.type === 'class_definition'
      ? childOf(definition, 'class_parameters')
      : undefined;
  const names = (parameters ? namedChildren(parameters) : []).flatMap(
    parameter => {
      const name = childOf(parameter, 'name');
      return name ? [file.source(name)] : [];
    },
  );
  return names.length > 0 &&
    names.every(name => mapping.fields.some(field => field.name === name))
    ? names
    : undefined;
}
