import { CodeNode } from '../treeSitter/CodeParser';
import { otherUsers } from './otherUsers';
import { childOf, ScalaFile } from './ScalaFile';
import { callee } from './TableUse';
import { isPlainName } from './isPlainName';

/** True if the SQL is put together with other text where the code runs, so that its end is not known. */
export function isComposed(
  file: ScalaFile,
  root: CodeNode,
  files: ReadonlyArray<{ path: string; text: string }>,
): boolean {
  const parent = file.parent(root);
  if (parent?.type === 'arguments') {
    const call = file.parent(parent);
    const target = call && callee(call);
    const name = target && file.source(target);
    if (
      name &&
      /(^|\.)(append|concat|List|Seq|Vector|Array|mkString)$/.test(name)
    ) {
      return true;
    }
  }
  const operator =
    parent?.type === 'infix_expression'
      ? childOf(parent, 'operator')
      : undefined;
  if (
    parent?.type === 'field_expression' ||
    parent?.type === 'interpolation' ||
    (operator && /^\++=?$/.test(file.source(operator)))
  ) {
    return true;
  }
  const definition = definitionOf(file, root);
  const name =
    definition &&
    (childOf(definition, 'pattern') ?? childOf(definition, 'name'));
  if (!name) {
    return false;
  }
  const word = file.source(name);
  if (!isPlainName(word)) {
    return true;
  }
  const composed = new RegExp(
    `(\\+{1,2}=?\\s*(?:[\\w.]+\\.)?${word}\\b)|(\\b${word}(?:\\([^()]*\\))?\\s*(?:\\+|\\.(?:format|formatted|replace\\w*|concat|append|stripMargin\\.format)\\b))|(\\$\\{?(?:[\\w.]+\\.)?${word}\\b)`,
  );
  if (composed.test(file.text)) {
    return true;
  }
  return otherUsers(file, definition, files).some(({ text }) =>
    composed.test(text),
  );
}

/** The `val` or `def` whose value the string is. */
function definitionOf(file: ScalaFile, root: CodeNode): CodeNode | undefined {
  let node = root;
  for (;;) {
    const parent = file.parent(node);
    if (!parent) {
      return undefined;
    }
    if (/^(val|var|function)_definition$/.test(parent.type)) {
      return parent;
    }
    const last = parent.children.filter(child => child.named).pop();
    const passes =
      /^(block|indented_block|if_expression|parenthesized_expression|match_expression|case_block|case_clause)$/.test(
        parent.type,
      ) &&
      (parent.type !== 'block' || last === node);
    if (!passes) {
      return undefined;
    }
    node = parent;
  }
}

/** Spark reads SQL of its own. */
export function isOtherDialect(file: ScalaFile, root: CodeNode): boolean {
  const list = file.parent(root);
  const call = list?.type === 'arguments' ? file.parent(list) : undefined;
  const target = call && callee(call);
  return (
    (target && /(^|\.)(sql|selectExpr|expr)$/.test(file.source(target))) ||
    /import\s+org\.apache\.spark/.test(file.text)
  );
}
