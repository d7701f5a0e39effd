import { CodeNode } from '../treeSitter/CodeParser';

/** A Python syntax tree with what is asked of it all the time. */
export class PyTree {
  readonly #parents = new Map<CodeNode, CodeNode>();
  /** In the order of the text. */
  readonly strings: CodeNode[] = [];
  readonly identifiers: CodeNode[] = [];

  constructor(readonly root: CodeNode, readonly text: string) {
    const stack = [root];
    while (stack.length > 0) {
      const node = stack.pop();
      if (!node) {
        break;
      }
      if (node.type === 'string') {
        this.strings.push(node);
      } else if (node.type === 'identifier') {
        this.identifiers.push(node);
      }
      for (const child of [...node.children].reverse()) {
        this.#parents.set(child, node);
        stack.push(child);
      }
    }
  }

  parent(node: CodeNode): CodeNode | undefined {
    return this.#parents.get(node);
  }

  textOf(node: CodeNode): string {
    return this.text.slice(node.start, node.end);
  }

  /** The nearest node of one of the types around a node, or the node itself. */
  around(node: CodeNode, types: ReadonlySet<string>): CodeNode | undefined {
    let current: CodeNode | undefined = node;
    while (current && !types.has(current.type)) {
      current = this.parent(current);
    }
    return current;
  }

  /** The statement that a node stands in: a direct child of a block or of the module. */
  statementOf(node: CodeNode): CodeNode {
    let current = node;
    for (;;) {
      const parent = this.parent(current);
      if (!parent || parent.type === 'block' || parent.type === 'module') {
        return current;
      }
      current = parent;
    }
  }

  isInside(node: CodeNode, outer: CodeNode): boolean {
    return node.start >= outer.start && node.end <= outer.end;
  }
}

/** The child that is this to its parent. */
export function fieldOf(node: CodeNode, field: string): CodeNode | undefined {
  return node.children.find(child => child.field === field);
}

/** Children without punctuation, keywords and comments. */
export function namedOf(node: CodeNode): CodeNode[] {
  return node.children.filter(child => child.named && child.type !== 'comment');
}
