import { CodeNode } from '../treeSitter/CodeParser';
import { childOf, ScalaFile } from './ScalaFile';

const DEFINITIONS = new Set([
  'val_definition',
  'var_definition',
  'function_definition',
  'parameter',
  'class_parameter',
  'class_definition',
  'object_definition',
  'val_declaration',
  'var_declaration',
  'function_declaration',
  'trait_definition',
  'type_definition',
  'enumerator',
]);

/** What a file defines under each name, and where each name is used. */
export class Binders {
  readonly #definitions = new Map<string, CodeNode[]>();
  readonly #uses = new Map<string, CodeNode[]>();

  constructor(readonly file: ScalaFile) {
    for (const node of file.nodes) {
      if (node.type !== 'identifier' && node.type !== 'type_identifier') {
        continue;
      }
      const name = file.source(node).replace(/`/g, '');
      const definition = this.#definedBy(node);
      const map = definition ? this.#definitions : this.#uses;
      const known = map.get(name);
      if (known) {
        known.push(definition ?? node);
      } else {
        map.set(name, [definition ?? node]);
      }
    }
  }

  /** The node that defines a name, if it is the only thing of that name in the file. */
  only(name: string): CodeNode | undefined {
    const definitions = this.#definitions.get(name) ?? [];
    return definitions.length === 1 ? definitions[0] : undefined;
  }

  defines(name: string): boolean {
    return this.#definitions.has(name);
  }

  uses(name: string): readonly CodeNode[] {
    return this.#uses.get(name) ?? [];
  }

  #definedBy(node: CodeNode): CodeNode | undefined {
    const parent = this.file.parent(node);
    if (!parent) {
      return undefined;
    }
    const { type } = parent;
    if (
      (node.field === 'name' || node.field === 'pattern') &&
      DEFINITIONS.has(type)
    ) {
      return parent;
    }
    if (type === 'lambda_expression' && node.field === 'parameters') {
      return parent;
    }
    if (type === 'binding' && node.field === 'name') {
      return this.file.parent(parent) ?? parent;
    }
    // `case (a, b) =>`, `val (a, b) = …`, `for (a <- …)`.
    let outer: CodeNode | undefined = node;
    while (outer && /pattern$|^identifier$/.test(outer.type)) {
      if (outer.field === 'pattern') {
        return this.file.parent(outer);
      }
      outer = this.file.parent(outer);
    }
    return undefined;
  }
}

/** The value of `val X = …`, where the definition is one. */
export function valueOf(definition: CodeNode | undefined) {
  return definition?.type === 'val_definition' &&
    childOf(definition, 'pattern')?.type === 'identifier'
    ? childOf(definition, 'value')
    : undefined;
}
