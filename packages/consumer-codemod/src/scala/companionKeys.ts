import { RewriteContext } from '../rewrite/FileRewriter';
import { CodeNode } from '../treeSitter/CodeParser';
import { Binders } from './Binders';
import { companionMember } from './namesCompanion';
import { otherUsers } from './otherUsers';
import { parseScala } from './parseScala';
import { resultOf } from './planUsers';
import { childOf, namedChildren, ScalaFile } from './ScalaFile';
import { ScalaPlan } from './ScalaPlan';
import { callee, TableUse } from './TableUse';

/** Members that name what a class is read from. */
const MOVED = /^(?:table|query|queryRaw)$/;

/**
 * Names the data of tests by the query that a class is made of now: `Row.table` exists
 * no more, and the query is what `typedBigQuery[Row]()` is fed by. False, and nothing is
 * planned, if the companion is used for anything else.
 */
export async function moveCompanionKeys(
  plan: ScalaPlan,
  use: Pick<TableUse, 'node'>,
  query: string,
  context: RewriteContext,
): Promise<boolean> {
  const { file } = plan;
  const definition = file.around(use.node, 'class_definition');
  const name = definition && childOf(definition, 'name');
  const member = name && companionMember(file.source(name));
  if (!member || member.test(file.text)) {
    return false;
  }
  const results = [];
  for (const user of otherUsers(file, definition, context.files)) {
    if (!member.test(user.text)) {
      continue;
    }
    const other = /\.scala$/.test(user.path)
      ? await parseScala(user, context.parser)
      : undefined;
    const lists =
      other instanceof ScalaFile
        ? keysIn(other, file.source(name), member)
        : undefined;
    if (!(other instanceof ScalaFile) || !lists) {
      return false;
    }
    const own = new ScalaPlan(other, new Binders(other));
    for (const list of lists) {
      own.edit(list.start, list.end, `(${query})`);
      own.use(list, 'codemod');
    }
    const result = await resultOf(own, context);
    if (!result || plan.users.some(({ path }) => path === result.path)) {
      return false;
    }
    results.push(result);
  }
  plan.users.push(...results);
  return true;
}

/** The arguments of each `BigQueryIO(Row.table, …)`; nothing if a member is used otherwise. */
function keysIn(
  file: ScalaFile,
  name: string,
  member: RegExp,
): CodeNode[] | undefined {
  const uses = [...file.text.matchAll(new RegExp(member.source, 'g'))].filter(
    ({ index }) => !file.inComment(index),
  );
  const lists = file.nodes.flatMap(node => {
    if (node.type !== 'identifier' || file.source(node) !== name) {
      return [];
    }
    const inner = file.parent(node);
    const owner =
      inner?.type === 'field_expression' && node.field === 'field'
        ? inner
        : node;
    const access = file.parent(owner);
    const list = access && file.parent(access);
    const call = list && file.parent(list);
    const target = call?.type === 'call_expression' ? callee(call) : undefined;
    const field = access && childOf(access, 'field');
    const isKey =
      access?.type === 'field_expression' &&
      owner.field === 'value' &&
      field &&
      MOVED.test(file.source(field)) &&
      list?.type === 'arguments' &&
      namedChildren(list)[0] === access &&
      target &&
      file.source(target) === 'BigQueryIO';
    return isKey ? [list] : [];
  });
  return uses.length === lists.length && /\bJobTest\s*[[(]/.test(file.text)
    ? lists
    : undefined;
}
