import { RewriteContext } from '../rewrite/FileRewriter';
import { findMentions } from '../text/findMentions';
import { CodeNode } from '../treeSitter/CodeParser';
import { isInPath } from './findNames';
import { isShown } from './isShown';
import { ScalaFile } from './ScalaFile';
import { ScalaPlan } from './ScalaPlan';
import { StringRoot } from './stringRoots';

/** The safety net: every mention in a string or by a symbol has to be accounted for. */
export function checkMentions(
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
      // A name may begin and end with a hole.
      plan.handled.some(range => end > range.start && start < range.end)
    ) {
      continue;
    }
    const node = file.at(start, end);
    const text = file.text.slice(start, end);
    if (
      /string/.test(node.type) ||
      file.around(node, 'string', 'interpolated_string')
    ) {
      const literal =
        file.around(node, 'interpolated_string_expression') ??
        (node.type === 'string' ? node : file.around(node, 'string'));
      if (
        isInPath(file.text, start, end) ||
        (literal && isShown(file, literal))
      ) {
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
