import {
  AstNode,
  childNode,
  childNodes,
  identifier,
  spanOf,
  walkAst,
} from './ast';
import { TextEdit } from './applyEdits';

/** The name that an output has: its alias, or that of the column or field it is. */
function outputName(output: AstNode): string | undefined {
  const names: Array<[kind: string, key: string]> = [
    ['alias', 'alias'],
    ['column', 'name'],
    ['dot', 'field'],
  ];
  for (const [kind, key] of names) {
    const node = childNode(output, kind);
    if (node) return identifier(node, key);
  }
  return undefined;
}

function editsOfSelect(select: AstNode): TextEdit[] {
  const outputs = childNodes(select, 'expressions');
  const ordinals = new Map<string, number>();
  for (const [index, output] of outputs.entries()) {
    // Behind a star, positions are not known.
    if ('star' in output) break;
    const name = outputName(output)?.toLowerCase();
    if (name) ordinals.set(name, index + 1);
  }
  return childNodes(childNode(select, 'group_by') ?? {}, 'expressions').flatMap(
    expression => {
      const column = childNode(expression, 'column');
      if (!column || identifier(column, 'table')) return [];
      const ordinal = ordinals.get(
        identifier(column, 'name')?.toLowerCase() ?? '',
      );
      const span = spanOf(column);
      return ordinal && span ? [{ ...span, text: String(ordinal) }] : [];
    },
  );
}

/**
 * A name in GROUP BY means the output alias in BigQuery, and the input column
 * in DuckDB when both exist: positions say the same to both.
 */
export function groupByAliasEdits(statement: AstNode): TextEdit[] {
  const edits: TextEdit[] = [];
  walkAst([statement], (kind, node) => {
    if (kind === 'select') edits.push(...editsOfSelect(node));
  });
  return edits;
}
