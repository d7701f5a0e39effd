import { VirtualSql } from '../embedded/VirtualSql';
import { RewriteContext } from '../rewrite/FileRewriter';
import { makeExplicit } from './explicitClass';
import { printQuery } from './printQuery';
import { childOf } from './ScalaFile';
import { ScalaPlan } from './ScalaPlan';
import { StringRoot } from './stringRoots';

/** A query that puts out plain fields and nothing else. */
const PLAIN = /^\s*select\s+(\w+(?:\s*,\s*\w+)*)\s+from\b/i;

/** Writes out the class that `fromQuery` makes of plain fields; false if it is no such class. */
export async function writeOut(
  plan: ScalaPlan,
  { node, sql }: StringRoot,
  query: string | undefined,
  context: RewriteContext,
): Promise<boolean> {
  const { file } = plan;
  const virtual = new VirtualSql(sql, file.text);
  const columns = PLAIN.exec(virtual.text)?.[1].split(/\s*,\s*/);
  const list = file.parent(node);
  const annotation = list?.type === 'arguments' ? file.parent(list) : undefined;
  const name = annotation && childOf(annotation, 'name');
  const nameNode = name?.children[name.children.length - 1] ?? name;
  const printed =
    query === undefined || virtual.holes.length > 0
      ? undefined
      : printQuery(query, virtual, { indent: '  ', interpolate: false });
  const isPlain =
    columns !== undefined &&
    new Set(columns.map(each => each.toLowerCase())).size === columns.length &&
    list !== undefined &&
    annotation?.type === 'annotation' &&
    nameNode !== undefined &&
    file.source(nameNode) === 'fromQuery' &&
    list.children.filter(({ named }) => named).length === 1;
  if (!isPlain || printed?.text === undefined) {
    return false;
  }
  plan.expected.push(printed.text);
  return makeExplicit(
    plan,
    { node: annotation, nameNode, list },
    columns,
    printed.literal,
    context,
  );
}
