import { mapEdits } from '../embedded/mapEdits';
import { printEmbedded, rewriteEmbedded } from '../embedded/rewriteEmbedded';
import { looksLikeSql } from '../embedded/sqlText';
import { VirtualSql } from '../embedded/VirtualSql';
import { RewriteContext } from '../rewrite/FileRewriter';
import { findMentions } from '../text/findMentions';
import { CodeNode } from '../treeSitter/CodeParser';
import { Binders, valueOf } from './Binders';
import { matchSpec, TableSpec } from './matchSpec';
import { constantDefinition } from './readString';
import { rewriteRead } from './rewriteRead';
import { childOf, ScalaFile } from './ScalaFile';
import { ScalaPlan } from './ScalaPlan';
import { isComposed, isLocal, isOtherDialect, ownerOf } from './sqlUses';
import { StringRoot, stringRoots } from './stringRoots';
import { findUses } from './TableUse';

/** Plans the edits of a Scala file, or says why it has none. */
export async function planScala(
  file: ScalaFile,
  context: RewriteContext,
): Promise<ScalaPlan> {
  const binders = new Binders(file);
  const plan = new ScalaPlan(file, binders);
  const roots = stringRoots(file, binders);
  const others: StringRoot[] = [];
  for (const root of roots) {
    const virtual = new VirtualSql(root.sql, file.text);
    if (looksLikeSql(virtual.fill(virtual.text) ?? virtual.text)) {
      await planSql(plan, root, context);
    } else {
      others.push(root);
    }
  }
  // Queries go first: what they have changed with them is no read of its own.
  const moved = [...plan.constants.keys()].map(valueOf);
  for (const root of others) {
    const spec = matchSpec(root.sql, file.text, context);
    const { start, end } = root.node;
    if (
      spec &&
      !moved.includes(root.node) &&
      !plan.edits.some(edit => edit.start > start && edit.end < end)
    ) {
      await planTable(plan, root, spec, context);
    }
  }
  for (const { root, spec } of plan.dormant) {
    if (plan.edits.length > 0 && isUnused(plan, root, context)) {
      editName(plan, root, spec);
    } else {
      // A constant that nothing here reads may be there for others.
      plan.refuse('SCALA_TABLE_USE_UNKNOWN', root.node);
    }
  }
  editConstants(plan, roots, context);
  checkMentions(plan, roots, context);
  return plan;
}

/** The SQL that a file holds, to compare two readings of it. */
export function sqlOf(file: ScalaFile): string[] {
  return stringRoots(file, new Binders(file)).map(({ sql }) =>
    printEmbedded(sql, file.text),
  );
}

async function planSql(
  plan: ScalaPlan,
  root: StringRoot,
  context: RewriteContext,
) {
  const { file, binders } = plan;
  const result = await rewriteEmbedded(file, root.sql, context, {
    // Scio tries both dialects.
    anyDialect: /\bcom\.spotify\.scio\b/.test(file.text),
  });
  plan.handled.push(...literalsOf(root));
  if (!result.affected) {
    return;
  }
  plan.uses.push(...result.uses);
  plan.findings.push(...result.findings);
  for (const text of result.comments) {
    plan.comments.push({ at: root.node.start, text });
  }
  if (!result.rewritten) {
    return;
  }
  if (isComposed(file, root.node, context.files)) {
    plan.refuse('EMBEDDED_SQL_IN_PARTS', root.node);
    return;
  }
  if (isOtherDialect(file, root.node) && !isPortable(result.uses, context)) {
    plan.refuse('SQL_OTHER_DIALECT', root.node);
    return;
  }
  for (const edit of result.edits) {
    plan.edit(edit.start, edit.end, edit.text);
  }
  plan.statements.push(...result.statements);
  plan.expected.push(result.expected ?? '');
  for (const { hole, value, replacement } of result.tables) {
    const { origin } = hole;
    const node = origin && file.at(origin.start, origin.end);
    const definition = node && constantDefinition(file, binders, node);
    if (definition) {
      plan.interpolated.add(origin.start);
      plan.constants.set(definition, { value, replacement });
    } else if (node?.type === 'string' && file.source(node) === `"${value}"`) {
      plan.edit(node.start + 1, node.end - 1, replacement);
      plan.handled.push(node);
    } else {
      plan.refuse('EMBEDDED_EDIT_SPANS', root.node);
    }
  }
}

/** Where the text of a string stands: what is interpolated into it is none of it. */
function literalsOf({
  sql,
}: StringRoot): Array<{ start: number; end: number }> {
  const holes = sql.parts.filter(part => part.kind === 'hole');
  return sql.parts.flatMap(({ literal }) => {
    if (!literal) {
      return [];
    }
    const ranges = [];
    let { start } = literal;
    for (const hole of holes) {
      if (hole.start >= start && hole.end <= literal.end) {
        ranges.push({ start, end: hole.start });
        start = hole.end;
      }
    }
    return [...ranges, { start, end: literal.end }];
  });
}

/** What a query of another dialect can hold: names, and no expression. */
function isPortable(
  uses: ReadonlyArray<{ field?: string }>,
  { mapping }: RewriteContext,
): boolean {
  const { where, grain } = mapping.rows;
  return (
    grain === 'same' &&
    (where === undefined || /^(NOT\s+)?\w+$/i.test(where)) &&
    uses.every(
      ({ field }) =>
        field === undefined ||
        mapping.fields.some(
          each =>
            each.name === field &&
            (each.kind === 'same' || each.kind === 'rename'),
        ),
    )
  );
}

async function planTable(
  plan: ScalaPlan,
  root: StringRoot,
  spec: TableSpec,
  context: RewriteContext,
) {
  const { file, binders } = plan;
  plan.handled.push(...literalsOf(root));
  const found = findUses(file, binders, root.node);
  if (!found.ok) {
    plan.refuse(found.reason, found.at);
    return;
  }
  for (const constant of found.constants) {
    if (isShared(plan, constant, context)) {
      plan.refuse('SCALA_CONSTANT_SHARED', constant);
      return;
    }
  }
  if (found.uses.length === 0) {
    plan.dormant.push({ root, spec });
    return;
  }
  let keep = found.constants.length > 0;
  for (const use of found.uses) {
    const change = await rewriteRead(plan, use, spec, context);
    if (change === 'refused') {
      return;
    }
    keep = keep || change === 'name';
  }
  if (keep) {
    editName(plan, root, spec);
  }
  for (const constant of found.constants) {
    checkHoles(plan, constant);
  }
}

/** Puts the new name where the old one stands. */
function editName(plan: ScalaPlan, root: StringRoot, spec: TableSpec) {
  if (spec.changes.length > 0) {
    plan.refuse('EMBEDDED_EDIT_SPANS', root.node);
    return;
  }
  const virtual = new VirtualSql(root.sql, plan.file.text);
  const quoted = virtual.text.startsWith('`') ? '`' : '';
  const mapped = mapEdits(virtual, [
    {
      start: 0,
      end: virtual.length,
      text: quoted + spec.replacement + quoted,
      owner: 0,
    },
  ]);
  if (!mapped.ok) {
    plan.refuse(mapped.reason, root.node);
    return;
  }
  for (const edit of mapped.edits) {
    plan.edit(edit.start, edit.end, edit.text);
  }
}

/** Nothing in the consumer names the constant, so that it changes nothing. */
function isUnused(
  plan: ScalaPlan,
  { node }: StringRoot,
  context: RewriteContext,
): boolean {
  const { file } = plan;
  const definition = file.around(node, 'val_definition');
  const name = definition && childOf(definition, 'pattern');
  if (!name || valueOf(definition) !== node) {
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

/** Another file may read the constant, and nothing is known of what it does with it. */
function isShared(
  plan: ScalaPlan,
  constant: CodeNode,
  context: RewriteContext,
): boolean {
  const { file } = plan;
  const name = childOf(constant, 'pattern');
  if (!name || isLocal(file, constant)) {
    return false;
  }
  const owner = ownerOf(file, constant);
  const words = [file.source(name), ...(owner ? [owner] : [])].map(
    word => new RegExp(`\\b${word}\\b`),
  );
  return context.files.some(
    other =>
      other.path !== file.path &&
      /\.(scala|sc|java|kt)$/.test(other.path) &&
      words.every(word => word.test(other.text)),
  );
}

/** Every string that a changed constant is put into has to be one that was rewritten with it. */
function checkHoles(plan: ScalaPlan, constant: CodeNode) {
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
function editConstants(
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

/** The safety net: every mention in a string or by a symbol has to be accounted for. */
function checkMentions(
  plan: ScalaPlan,
  roots: readonly StringRoot[],
  context: RewriteContext,
) {
  const { file } = plan;
  const symbols = new Set(context.mapping.from.names.symbols);
  const kept = new Set(context.mapping.to.names.symbols);
  for (const { start, end } of findMentions(
    file.text,
    context.matcher,
    undefined,
  )) {
    if (
      file.inComment(start) ||
      // A name may begin with a hole.
      plan.handled.some(range => end > range.start && end <= range.end)
    ) {
      continue;
    }
    const node = file.at(start, end);
    const text = file.text.slice(start, end);
    if (
      /string/.test(node.type) ||
      file.around(node, 'string', 'interpolated_string')
    ) {
      if (/[/]/.test(file.text[start - 1]) || /[/]/.test(file.text[end])) {
        // A part of a file's path or of a link.
        continue;
      }
      const root = roots.find(
        each => each.node.start <= start && each.node.end >= end,
      );
      plan.refuse('SCALA_NAME_IN_STRING', root?.node ?? node);
    } else if (
      symbols.has(text) &&
      !kept.has(text) &&
      !isImported(file, node)
    ) {
      plan.refuse('SCALA_SYMBOL', node);
    }
  }
}

function isImported(file: ScalaFile, node: CodeNode): boolean {
  return (
    file.around(node, 'import_declaration', 'package_clause') !== undefined ||
    node.type === 'import_declaration'
  );
}
