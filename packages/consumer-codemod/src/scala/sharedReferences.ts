import { CodeNode } from '../treeSitter/CodeParser';
import { Binders } from './Binders';
import { childOf, ScalaFile } from './ScalaFile';
import { isPlainName } from './isPlainName';

interface SourceText {
  path: string;
  text: string;
}

/**
 * Where another file uses a constant of an object: `Tables.T`, or `T` with an import.
 * Returns nothing if the constant may be used in a way that cannot be seen.
 */
export function findReferences(
  defining: ScalaFile,
  constant: CodeNode,
  file: ScalaFile,
  binders: Binders,
  { files }: { files: readonly SourceText[] },
): CodeNode[] | undefined {
  const pattern = childOf(constant, 'pattern');
  const owner = ownerOf(defining, constant);
  const name = pattern && defining.source(pattern);
  if (
    !owner ||
    !name ||
    !isPlainName(owner) ||
    !isPlainName(name) ||
    isAliased(owner, defining, files)
  ) {
    return undefined;
  }
  const members = new RegExp(`\\b${owner}\\s*\\.\\s*(?:_|\\*|\\{|${name}\\b)`);
  const isImported = file.nodes.some(
    node =>
      node.type === 'import_declaration' && members.test(file.source(node)),
  );
  const references: CodeNode[] = [];
  for (const use of binders.uses(name)) {
    if (file.around(use, 'import_declaration')) {
      continue;
    }
    const parent = file.parent(use);
    if (parent?.type === 'assignment_expression' && use.field === 'left') {
      // The name of an argument.
      continue;
    }
    if (parent?.type === 'field_expression' && use.field === 'field') {
      const value = childOf(parent, 'value');
      if (value && lastName(file, value) === owner) {
        references.push(parent);
      }
    } else if (isImported) {
      references.push(use);
    }
  }
  // A name of its own would hide the one that is imported.
  return isImported && binders.defines(name) ? undefined : references;
}

/** The name of the object that has a constant; nothing if the constant may be reached otherwise. */
export function ownerOf(
  file: ScalaFile,
  constant: CodeNode,
): string | undefined {
  const body = file.parent(constant);
  const owner = body && file.parent(body);
  const name = owner && childOf(owner, 'name');
  return name &&
    owner.type === 'object_definition' &&
    !/\bextends\b/.test(file.text.slice(name.end, body.start))
    ? file.source(name)
    : undefined;
}

// What is never closed goes to its end, so that no text is read twice.
const NO_CODE =
  /"""(?:[^]*?"""|[^]*$)|"(?:\\.|[^"\\\n])*"?|\/\/[^\n]*|\/\*(?:[^]*?\*\/|[^]*$)|\bJobTest\[[\w.]+\.type\]/g;
const IMPORT = /\bimport\s[^\n{]*(?:\{[^}]{0,2000}\})?/g;

/** The object goes by another name, is handed on as a value, or there are two of the name. */
function isAliased(
  owner: string,
  defining: ScalaFile,
  files: readonly SourceText[],
): boolean {
  const renamed = new RegExp(`\\b${owner}\\s*(?:=>|as\\b)`);
  const exported = new RegExp(`\\bexport\\s+(?:[\\w.]+\\.)?${owner}\\b`);
  const definition = new RegExp(`\\bobject\\s+${owner}\\b`, 'g');
  // Anything but a member of it, and its definition.
  const value = new RegExp(
    `(?<!\\b(?:object|class)\\s)\\b${owner}\\b(?!\\s*\\.\\s*(?!type\\b)[\\w\`])`,
  );
  return files.some(({ path, text }) => {
    if (!/\.(scala|sc|sbt)$/.test(path) || !text.includes(owner)) {
      return false;
    }
    const code = text.replace(NO_CODE, ' ');
    const objects = (code.match(definition) ?? []).length;
    return (
      objects > (path === defining.path ? 1 : 0) ||
      renamed.test(code) ||
      exported.test(code) ||
      value.test(code.replace(IMPORT, ' '))
    );
  });
}

function lastName(file: ScalaFile, node: CodeNode): string | undefined {
  if (node.type === 'identifier') {
    return file.source(node);
  }
  const field =
    node.type === 'field_expression' ? childOf(node, 'field') : undefined;
  return field && file.source(field);
}
