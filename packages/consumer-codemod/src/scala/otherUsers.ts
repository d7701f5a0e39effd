import { CodeNode } from '../treeSitter/CodeParser';
import { childOf, ScalaFile } from './ScalaFile';
import { isPlainName } from './isPlainName';

interface SourceText {
  path: string;
  text: string;
}

/** The other Scala files that may use a definition of this one. */
export function otherUsers(
  file: ScalaFile,
  definition: CodeNode,
  files: readonly SourceText[],
): SourceText[] {
  const name = nameOf(definition);
  if (!name || isLocal(file, definition, name)) {
    return [];
  }
  const owner = file.around(
    definition,
    'object_definition',
    'class_definition',
    'trait_definition',
    'package_object',
  );
  const others = files.filter(
    ({ path }) => path !== file.path && /\.(scala|sc|java|kt)$/.test(path),
  );
  const naming = (node: CodeNode, among: readonly SourceText[]) => {
    const word = file.source(node);
    if (!isPlainName(word)) {
      return [...among];
    }
    const pattern = new RegExp(`\\b${word}\\b`);
    return among.filter(
      ({ text }) => pattern.test(text) && pattern.test(withoutComments(text)),
    );
  };
  const users = naming(name, others);
  const ownerName = owner && nameOf(owner);
  if (!ownerName || owner.type === 'package_object') {
    return users;
  }
  const known = naming(ownerName, others);
  // Members of classes and traits are inherited, also by way of other classes.
  if (owner.type !== 'object_definition') {
    return known.length > 0 ? users : [];
  }
  return users.filter(user => known.includes(user));
}

function nameOf(definition: CodeNode): CodeNode | undefined {
  return childOf(definition, 'pattern') ?? childOf(definition, 'name');
}

function isLocal(file: ScalaFile, definition: CodeNode, name: CodeNode) {
  return (
    file.around(definition, 'block') !== undefined ||
    /\bprivate\b/.test(file.text.slice(definition.start, name.start))
  );
}

// A quote as a character begins no string. What is never closed goes to the end, so that
// no text is read twice, and hides nothing.
const PARTS =
  /'(?:\\.|[^'\\\n])'|"""(?:[^]*?"""|[^]*$)|"(?:\\.|[^"\\\n])*"|\/\/[^\n]*|\/\*(?:[^]*?\*\/|[^]*$)/g;

/** Code as it is, comments as spaces. */
function withoutComments(text: string): string {
  return text.replace(PARTS, part =>
    /^\/\/|^\/\*[^]*\*\/$/.test(part) ? ' ' : part,
  );
}
