import { CodeNode } from '../treeSitter/CodeParser';

/** A parsed Scala file: its tree, with the way back up. */
export class ScalaFile {
  readonly #parents = new Map<CodeNode, CodeNode>();
  readonly #nodes: CodeNode[] = [];

  constructor(
    readonly path: string,
    readonly text: string,
    readonly root: CodeNode,
  ) {
    const stack = [root];
    for (let node = stack.pop(); node; node = stack.pop()) {
      this.#nodes.push(node);
      for (let i = node.children.length - 1; i >= 0; i--) {
        this.#parents.set(node.children[i], node);
        stack.push(node.children[i]);
      }
    }
  }

  /** All nodes in the order of the text, each before its children. */
  get nodes(): readonly CodeNode[] {
    return this.#nodes;
  }

  source(node: CodeNode): string {
    return this.text.slice(node.start, node.end);
  }

  parent(node: CodeNode): CodeNode | undefined {
    return this.#parents.get(node);
  }

  /** The nearest node around this one that has one of the types. */
  around(node: CodeNode, ...types: string[]): CodeNode | undefined {
    let current = this.parent(node);
    while (current && !types.includes(current.type)) {
      current = this.parent(current);
    }
    return current;
  }

  /** The innermost node that covers a range. */
  at(start: number, end: number): CodeNode {
    let node = this.root;
    for (;;) {
      const inner = node.children.find(
        child => child.start <= start && child.end >= end,
      );
      if (!inner) {
        return node;
      }
      node = inner;
    }
  }

  inComment(offset: number): boolean {
    const { type } = this.at(offset, offset + 1);
    return type === 'comment' || type === 'block_comment';
  }
}

export function childOf(node: CodeNode, field: string): CodeNode | undefined {
  return node.children.find(child => child.field === field);
}

export function namedChildren(node: CodeNode): CodeNode[] {
  return node.children.filter(
    child => child.named && !/comment$/.test(child.type),
  );
}
