import { EmbeddedHole } from '../embedded/EmbeddedSql';
import { mapEdits } from '../embedded/mapEdits';
import { rewriteEmbedded } from '../embedded/rewriteEmbedded';
import { looksLikeSql } from '../embedded/sqlText';
import { VirtualSql } from '../embedded/VirtualSql';
import { isPortable } from '../python/sparkExpressions';
import { RewriteContext } from '../rewrite/FileRewriter';
import { prepareView } from '../rewrite/View';
import { CodeNode } from '../treeSitter/CodeParser';
import { Binders, valueOf } from './Binders';
import { checkMentions } from './checkMentions';
import {
  checkHoles,
  editConstants,
  isRead,
  isShared,
  isUnused,
  removeConstant,
} from './constants';
import { lostRequired } from './lostRequired';
import { writeOut } from './writeOut';
import { matchSpec, TableSpec } from './matchSpec';
import { planUsers } from './planUsers';
import { constantDefinition } from './readString';
import { rewriteRead } from './rewriteRead';
import { ScalaFile } from './ScalaFile';
import { ScalaPlan } from './ScalaPlan';
import { isComposed, isOtherDialect } from './sqlUses';
import { StringRoot, stringRoots } from './stringRoots';
import { findUses } from './TableUse';
import { readsOnlyViews, tempViews } from './tempViews';

/** Plans the edits of a Scala file, or says why it has none. */
export async function planScala(
  file: ScalaFile,
  context: RewriteContext,
): Promise<ScalaPlan> {
  const binders = new Binders(file);
  const plan = new ScalaPlan(file, binders);
  const roots = stringRoots(file, binders);
  const others: StringRoot[] = [];
  const views = tempViews(file);
  plan.handled.push(...views);
  for (const root of roots) {
    if (
      views.includes(root.node) ||
      readsOnlyViews(file, root, views, context.matcher)
    ) {
      plan.handled.push(root.node);
      continue;
    }
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

async function planSql(
  plan: ScalaPlan,
  root: StringRoot,
  context: RewriteContext,
) {
  const { file } = plan;
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
  const needed = lostRequired(file, root, result, context);
  if (needed) {
    if (!(await writeOut(plan, root, result.expected, context))) {
      plan.refuse('SCALA_TYPED_FIELD', root.node, needed);
      return;
    }
    plan.statements.push(...result.statements);
    return;
  }
  if (isOtherDialect(file, root.node)) {
    const view = await prepareView({ ...context, path: file.path });
    if (!isPortable(view, result.edits)) {
      plan.refuse('SQL_OTHER_DIALECT', root.node);
      return;
    }
  }
  for (const edit of result.edits) {
    plan.edit(edit.start, edit.end, edit.text);
  }
  plan.statements.push(...result.statements);
  plan.expected.push(result.expected ?? '');
  for (const { hole, value, replacement } of result.tables) {
    changeHole(plan, root, hole, value, replacement);
  }
}

/** Makes a hole print another name: by its constant, or by the argument of a format. */
function changeHole(
  plan: ScalaPlan,
  root: StringRoot,
  { origin }: EmbeddedHole,
  value: string,
  replacement: string,
) {
  const { file, binders } = plan;
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
  const shared = found.constants.filter(constant =>
    isShared(plan, constant, context),
  );
  if (shared.length > 1 || (shared.length > 0 && found.constants.length > 1)) {
    plan.refuse('SCALA_CONSTANT_SHARED', shared[0]);
    return;
  }
  if (found.uses.length === 0 && shared.length === 0) {
    plan.dormant.push({ root, spec });
    return;
  }
  const named = [];
  const before = plan.edits.length;
  for (const use of found.uses) {
    const change = await rewriteRead(plan, use, spec, context);
    if (change === 'refused') {
      return;
    }
    if (change === 'name') {
      named.push(use);
    }
  }
  for (const constant of shared) {
    const own = {
      isPlain: plan.edits.length === before,
      ownReads: found.uses.length,
    };
    if (!(await planShared(plan, constant, spec, own, context))) {
      return;
    }
  }
  if (found.uses.length === 0 && plan.users.length === 0) {
    plan.refuse('SCALA_TABLE_USE_UNKNOWN', root.node);
    return;
  }
  const left = found.constants.filter(constant => isRead(plan, constant));
  if (named.length > 0 || left.length > 0 || shared.length > 0) {
    editName(plan, root, spec);
  } else {
    for (const constant of found.constants) {
      removeConstant(plan, constant);
    }
  }
  for (const constant of found.constants) {
    checkHoles(plan, constant);
  }
}

/** Plans the other files that use a constant; false if they cannot be changed with it. */
async function planShared(
  plan: ScalaPlan,
  constant: CodeNode,
  spec: TableSpec,
  own: { isPlain: boolean; ownReads: number },
  context: RewriteContext,
): Promise<boolean> {
  const planned = await planUsers(plan, constant, spec, own, context);
  if (!planned.ok) {
    if (planned.questions) {
      plan.findings.push(...planned.questions.findings);
      plan.uses.push(...planned.questions.uses);
    } else {
      plan.refuse('SCALA_CONSTANT_SHARED', constant, planned.path);
    }
    return false;
  }
  const known = new Set(plan.users.map(({ path }) => path));
  if (planned.results.some(({ path }) => known.has(path))) {
    plan.refuse('SCALA_CONSTANT_SHARED', constant);
    return false;
  }
  plan.users.push(...planned.results);
  if (planned.results.length > 0) {
    plan.use(constant, 'codemod');
  }
  return true;
}

/** Puts the new name where the old one stands. */
function editName(plan: ScalaPlan, root: StringRoot, spec: TableSpec) {
  const names = new VirtualSql(spec.dotted, plan.file.text);
  for (const { hole, value, replacement } of spec.changes) {
    changeHole(plan, root, names.holes[hole], value, replacement);
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
