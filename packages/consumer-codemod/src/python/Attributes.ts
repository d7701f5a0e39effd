import { CodeNode } from '../treeSitter/CodeParser';
import { Names } from './Names';
import { fieldOf, PyTree } from './PyTree';

/** One place that gives an attribute its value. */
interface Assigned {
  /** Absent where the value is not told by the file. */
  value?: CodeNode;
}

/**
 * Attributes of the classes of a file: those that it sets in one place only, and
 * reads through `self`, `cls` or the class, are as good as constants of it.
 */
export class Attributes {
  readonly #assigned = new Map<string, Assigned[]>();
  readonly #reads = new Map<string, CodeNode[]>();
  readonly #owners = new Set(['self', 'cls']);

  constructor(readonly tree: PyTree, names: Names) {
    for (const node of tree.identifiers) {
      const parent = tree.parent(node);
      const name = tree.textOf(node);
      const binding = names.bindingAt(node);
      if (parent?.type === 'class_definition' && node.field === 'name') {
        this.#owners.add(name);
      }
      if (binding?.variable.scope.type === 'class_definition') {
        const assignment = tree.parent(node);
        // What has a type may be set by whoever makes the object.
        const open =
          assignment !== undefined &&
          fieldOf(assignment, 'type') !== undefined &&
          name !== name.toUpperCase();
        const value = open ? undefined : binding.value;
        this.#assign(name, binding.kind === 'assign' ? value : undefined);
      }
      if (parent?.type === 'attribute' && node.field === 'attribute') {
        this.#note(name, parent);
      }
    }
  }

  /** The expression that an attribute stands for, if there is only one. */
  valueOf(attribute: CodeNode): CodeNode | undefined {
    const object = fieldOf(attribute, 'object');
    const name = fieldOf(attribute, 'attribute');
    const owned =
      object?.type === 'identifier' &&
      this.#owners.has(this.tree.textOf(object));
    return name && owned ? this.constant(this.tree.textOf(name)) : undefined;
  }

  /** The one value that is given to attributes of a name. */
  constant(name: string): CodeNode | undefined {
    const assigned = this.#assigned.get(name) ?? [];
    return assigned.length === 1 ? assigned[0].value : undefined;
  }

  /** Reads of attributes of a name, whatever they belong to. */
  readsOf(name: string): readonly CodeNode[] {
    return this.#reads.get(name) ?? [];
  }

  #assign(name: string, value: CodeNode | undefined) {
    const assigned = this.#assigned.get(name) ?? [];
    this.#assigned.set(name, [...assigned, { ...(value && { value }) }]);
  }

  #note(name: string, attribute: CodeNode) {
    const { tree } = this;
    const parent = tree.parent(attribute);
    const object = fieldOf(attribute, 'object');
    const own = object && /^(self|cls)$/.test(tree.textOf(object));
    if (parent?.type === 'assignment' && attribute.field === 'left') {
      const right = fieldOf(parent, 'right');
      this.#assign(
        name,
        own && right?.type !== 'assignment' ? right : undefined,
      );
    } else if (
      attribute.field === 'left' ||
      /^(pattern_list|tuple_pattern|as_pattern_target|delete_statement)$/.test(
        parent?.type ?? '',
      )
    ) {
      // A loop, `+=` or a pattern.
      const compares = parent?.type === 'binary_operator';
      if (compares) {
        this.#reads.set(name, [...this.readsOf(name), attribute]);
      } else {
        this.#assign(name, undefined);
      }
    } else {
      this.#reads.set(name, [...this.readsOf(name), attribute]);
    }
  }
}
