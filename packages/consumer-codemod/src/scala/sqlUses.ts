import { CodeNode } from '../treeSitter/CodeParser';
import { childOf, ScalaFile } from './ScalaFile';
import { callee } from './TableUse';

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
  const name = nameOf(file, root);
  if (!name) {
    return false;
  }
  const word = name.replace(/\$/g, '\\$');
  const composed = new RegExp(
    `(\\+{1,2}=?\\s*(?:[\\w.]+\\.)?${word}\\b)|(\\b${word}(?:\\([^()]*\\))?\\s*(?:\\+|\\.(?:format|formatted|replace\\w*|concat|append|stripMargin\\.format)\\b))|(\\$\\{?(?:[\\w.]+\\.)?${word}\\b)`,
  );
  return files
    .concat([{ path: file.path, text: file.text }])
    .some(
      other => /\.(scala|sc)$/.test(other.path) && composed.test(other.text),
    );
}

/** The name of the `val` or `def` whose value the string is. */
function nameOf(file: ScalaFile, root: CodeNode): string | undefined {
  let node = root;
  for (;;) {
    const parent = file.parent(node);
    if (!parent) {
      return undefined;
    }
    if (/^(val|var)_definition$/.test(parent.type)) {
      const name = childOf(parent, 'pattern');
      return name && file.source(name);
    }
    if (parent.type === 'function_definition') {
      const name = childOf(parent, 'name');
      return name && file.source(name);
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
