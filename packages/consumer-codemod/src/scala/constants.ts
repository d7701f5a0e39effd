import { mapEdits } from '../embedded/mapEdits';
import { looksLikeSql } from '../embedded/sqlText';
import { VirtualSql } from '../embedded/VirtualSql';
import { RewriteContext } from '../rewrite/FileRewriter';
import { CodeNode } from '../treeSitter/CodeParser';
import { valueOf } from './Binders';
import { otherUsers } from './otherUsers';
import { childOf, ScalaFile } from './ScalaFile';
import { ScalaPlan } from './ScalaPlan';
import { StringRoot } from './stringRoots';
import { isInterpolated } from './TableUse';
import { isPlainName } from './isPlainName';

/** Nothing in the consumer names the constant, so that it changes nothing. */
export function isUnused(
  plan: ScalaPlan,
  { node }: StringRoot,
  context: RewriteContext,
): boolean {
  const { file } = plan;
  const definition = file.around(node, 'val_definition');
  const name = definition && childOf(definition, 'pattern');
  if (
    !name ||
    valueOf(definition) !== node ||
    !isPlainName(file.source(name))
  ) {
    return false;
  }
  const word = new RegExp(`\\b${file.source(name)}\\b`, 'g');
  return (
    (file.text.match(word) ?? []).length === 1 &&
    context.files.every(
      other => other.path === file.path || !other.text.match(word),
    )
  );
}

/** Something else than what became a query reads the constant, or may do so. */
export function isRead({ file, binders }: ScalaPlan, constant: CodeNode) {
  const name = childOf(constant, 'pattern');
  const [first, last] = linesOf(file, constant);
  return (
    !name ||
    file.around(constant, 'block') === undefined ||
    /\S/.test(file.text.slice(first, constant.start)) ||
    !/^[ \t]*\r?\n$/.test(file.text.slice(constant.end, last)) ||
    binders
      .uses(file.source(name))
      .some(use => isInterpolated(file, use) || use.field === 'value')
  );
}

/** Takes out the lines of a constant that nothing reads any more. */
export function removeConstant(plan: ScalaPlan, constant: CodeNode) {
  const [first, last] = linesOf(plan.file, constant);
  plan.edit(first, last, '');
}

/** The lines that a node stands on, with their ends. */
export function linesOf({ text }: ScalaFile, node: CodeNode): [number, number] {
  const end = text.indexOf('\n', node.end);
  return [
    text.lastIndexOf('\n', node.start - 1) + 1,
    end === -1 ? text.length : end + 1,
  ];
}

/** Another file may read the constant, and nothing is known of what it does with it. */
export function isShared(
  { file }: ScalaPlan,
  constant: CodeNode,
  { files }: RewriteContext,
): boolean {
  return otherUsers(file, constant, files).length > 0;
}

/** Every string that a changed constant is put into has to be one that was rewritten with it. */
export function checkHoles(plan: ScalaPlan, constant: CodeNode) {
  const { file, binders } = plan;
  const name = childOf(constant, 'pattern');
  for (const use of name ? binders.uses(file.source(name)) : []) {
    const literal = file.around(use, 'interpolated_string_expression');
    if (!literal || literal.start < constant.start) {
      continue;
    }
    const parent = file.parent(use);
    const start =
      parent?.type === 'field_expression' ? parent.start : use.start;
    if (
      !plan.interpolated.has(start) &&
      looksLikeSql(file.source(literal).replace(/^\w*"+/, ''))
    ) {
      plan.refuse('SCALA_TABLE_USE_UNKNOWN', use);
    }
  }
}

/** Edits constants that are parts of names, such as the last one of `s"$project.$dataset.$table"`. */
export function editConstants(
  plan: ScalaPlan,
  roots: readonly StringRoot[],
  context: RewriteContext,
) {
  const { file, binders } = plan;
  for (const [definition, { value, replacement }] of plan.constants) {
    const node = valueOf(definition);
    const root = roots.find(each => each.node === node);
    const name = childOf(definition, 'pattern');
    if (!node || !root || !name || isShared(plan, definition, context)) {
      plan.refuse('SCALA_CONSTANT_SHARED', definition);
      continue;
    }
    plan.handled.push(node);
    const sites = binders.uses(file.source(name)).map(use => {
      const parent = file.parent(use);
      return parent?.type === 'field_expression' && use.field === 'field'
        ? parent
        : use;
    });
    const outside = sites.find(
      site =>
        !plan.interpolated.has(site.start) &&
        !plan.handled.some(
          range => site.start >= range.start && site.end <= range.end,
        ) &&
        !plan.edits.some(
          edit => site.start >= edit.start && site.end <= edit.end,
        ),
    );
    if (outside) {
      plan.refuse('SCALA_TABLE_USE_UNKNOWN', outside);
      continue;
    }
    const virtual = new VirtualSql(root.sql, file.text);
    const at =
      virtual.text.indexOf(value.replace('.', ':')) !== -1 &&
      !virtual.text.includes(value)
        ? -1
        : virtual.text.indexOf(value);
    const mapped =
      at === -1
        ? undefined
        : mapEdits(virtual, [
            { start: at, end: at + value.length, text: replacement, owner: at },
          ]);
    if (!mapped?.ok) {
      plan.refuse('EMBEDDED_EDIT_SPANS', definition);
      continue;
    }
    for (const edit of mapped.edits) {
      plan.edit(edit.start, edit.end, edit.text);
    }
  }
}
