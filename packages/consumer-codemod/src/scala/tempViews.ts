import { VirtualSql } from '../embedded/VirtualSql';
import { NameMatcher } from '../names/NameMatcher';
import { findMentions } from '../text/findMentions';
import { CodeNode } from '../treeSitter/CodeParser';
import { childOf, namedChildren, ScalaFile } from './ScalaFile';
import { StringRoot } from './stringRoots';
import { callee } from './TableUse';

const CREATES = /^(?:create(?:OrReplace)?TempView|registerTempTable)$/;

/** Spark's views that a file makes of its data frames: the strings that name them. */
export function tempViews(file: ScalaFile): CodeNode[] {
  return file.nodes.filter(node => {
    const list = node.type === 'string' ? file.parent(node) : undefined;
    const call = list?.type === 'arguments' ? file.parent(list) : undefined;
    const method = methodOf(call);
    return (
      list !== undefined &&
      namedChildren(list).length === 1 &&
      method !== undefined &&
      CREATES.test(file.source(method))
    );
  });
}

/** SQL of Spark that names nothing of the dataset but views of the file. */
export function readsOnlyViews(
  file: ScalaFile,
  { node, sql }: StringRoot,
  views: readonly CodeNode[],
  matcher: NameMatcher,
): boolean {
  const list = file.parent(node);
  const call = list?.type === 'arguments' ? file.parent(list) : undefined;
  const method = methodOf(call);
  if (views.length === 0 || !method || file.source(method) !== 'sql') {
    return false;
  }
  const names = views.map(view => file.source(view).toLowerCase());
  const { text } = new VirtualSql(sql, file.text);
  return findMentions(text, matcher, undefined).every(
    ({ start, end }) =>
      names.includes(`"${text.slice(start, end).toLowerCase()}"`) &&
      // A name in a dataset is another one.
      !/[.:]\s*`?$/.test(text.slice(0, start)),
  );
}

function methodOf(call: CodeNode | undefined): CodeNode | undefined {
  const target = call?.type === 'call_expression' ? callee(call) : undefined;
  return target && childOf(target, 'field');
}
