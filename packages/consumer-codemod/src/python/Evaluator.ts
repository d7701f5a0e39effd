import { CodeNode } from '../treeSitter/CodeParser';
import { Attributes } from './Attributes';
import { applyMarks, BRACES, FormatMark, PERCENTS } from './formatMarks';
import { literalOf, readLiteral } from './Literal';
import { Binding, Names } from './Names';
import { fieldOf, namedOf, PyTree } from './PyTree';
import { HolePiece, Piece, slicePiece, Template } from './Template';

/** Longer values are built by loops that nobody wrote by hand. */
const MAX_PIECES = 2_000;
const MAX_DEPTH = 40;

/** Functions that give back the text they are given, but for white space. */
export const SAME_TEXT =
  /^(textwrap\.dedent|dedent|inspect\.cleandoc|cleandoc|sqlalchemy\.text|sa\.text|text|str)$/;
/** Methods of strings with the same property. */
export const SAME_TEXT_METHODS = /^(strip|lstrip|rstrip|expandtabs)$/;

/** Evaluates string expressions as far as the file itself proves their value. */
export class Evaluator {
  readonly #known = new Map<CodeNode, Template | undefined>();
  readonly attributes: Attributes;
  #depth = 0;

  constructor(
    readonly tree: PyTree,
    readonly names: Names,
    /** Tells the value of a hole by what stands around it, such as a project. */
    readonly guess: (
      pieces: readonly Piece[],
      index: number,
    ) => string | undefined,
  ) {
    this.attributes = new Attributes(tree, names);
  }

  /** The value of an expression; nothing if it is no string, or not one that is followed. */
  evaluate(node: CodeNode): Template | undefined {
    if (this.#known.has(node)) {
      return this.#known.get(node);
    }
    if (this.#depth > MAX_DEPTH) {
      return undefined;
    }
    // What refers to itself has no value.
    this.#known.set(node, undefined);
    this.#depth++;
    const template = this.#evaluate(node);
    this.#depth--;
    const result =
      template && template.pieces.length <= MAX_PIECES ? template : undefined;
    this.#known.set(node, result);
    return result;
  }

  /** The value that a binding gives its name. */
  evaluateBinding(binding: Binding): Template | undefined {
    if (!binding.value) {
      return undefined;
    }
    if (binding.kind === 'assign') {
      return this.evaluate(binding.value);
    }
    const before = this.names.reachingAt(binding.variable, binding.node);
    const first = before && before !== binding && this.evaluateBinding(before);
    return first
      ? this.#joined(binding.value, [
          first.pieces,
          this.#operand(binding.value),
        ])
      : undefined;
  }

  #evaluate(node: CodeNode): Template | undefined {
    switch (node.type) {
      case 'string':
        return this.#string(node);
      case 'concatenated_string': {
        const parts = namedOf(node).map(child => this.evaluate(child)?.pieces);
        return parts.every(part => part !== undefined)
          ? this.#joined(node, parts)
          : undefined;
      }
      case 'parenthesized_expression': {
        const [inner] = namedOf(node);
        return inner && this.evaluate(inner);
      }
      case 'identifier': {
        const binding = this.names.reaching(node);
        return binding && this.evaluateBinding(binding);
      }
      case 'attribute': {
        const value = this.attributes.valueOf(node);
        return value && this.evaluate(value);
      }
      case 'binary_operator':
        return this.#operator(node);
      case 'call':
        return this.#call(node);
      default:
        return undefined;
    }
  }

  #string(node: CodeNode): Template | undefined {
    const literal = literalOf(this.tree, node);
    const pieces = literal && !literal.other && readLiteral(this.tree, literal);
    return pieces
      ? this.#joined(
          node,
          pieces.map(piece =>
            piece.kind === 'hole' ? this.#fill(piece) : [piece],
          ),
        )
      : undefined;
  }

  /** What a hole prints: its text if that has several words, else the hole with its value. */
  #fill(hole: HolePiece): Piece[] {
    const value = hole.node && this.evaluate(hole.node);
    if (!value) {
      return [hole];
    }
    if (
      value.pieces.some(
        piece => piece.kind === 'hole' && piece.value === undefined,
      )
    ) {
      return value.pieces;
    }
    const text = value.pieces
      .map(piece => (piece.kind === 'text' ? piece.text : piece.value ?? ''))
      .join('');
    return /\s/.test(text) || text === ''
      ? value.pieces
      : [{ ...hole, value: text }];
  }

  #operator(node: CodeNode): Template | undefined {
    const left = fieldOf(node, 'left');
    const right = fieldOf(node, 'right');
    const operator = fieldOf(node, 'operator')?.type;
    if (!left || !right) {
      return undefined;
    }
    if (operator === '+') {
      const known = [left, right].some(side => this.evaluate(side));
      return known
        ? this.#joined(node, [this.#operand(left), this.#operand(right)])
        : undefined;
    }
    const format = operator === '%' ? this.evaluate(left) : undefined;
    if (!format) {
      return undefined;
    }
    const byName =
      right.type === 'dictionary' ? pairsOf(this.tree, right) : new Map();
    const several = right.type === 'tuple' ? namedOf(right) : undefined;
    const single = /^(identifier|call|attribute|string|subscript)$/.test(
      right.type,
    );
    const pieces = applyMarks(format.pieces, PERCENTS, (mark, at) => {
      const position = Number(mark.argument);
      const value =
        byName.get(mark.argument) ??
        several?.[position] ??
        (single && !several && position === 0 ? right : undefined);
      return this.#argument(mark, at, value);
    });
    return pieces && this.#joined(node, [pieces]);
  }

  #argument(
    mark: FormatMark,
    at: Omit<HolePiece, 'kind'>,
    node: CodeNode | undefined,
  ): Piece[] {
    const usable = mark.plain && node && !/splat/.test(node.type);
    return this.#fill({ kind: 'hole', ...at, ...(usable && { node }) });
  }

  /** A side of a sum: its text, or a hole between the literals. */
  #operand(node: CodeNode): Piece[] {
    return (
      this.evaluate(node)?.pieces ?? [
        { kind: 'hole', start: node.start, end: node.end, node },
      ]
    );
  }

  #call(node: CodeNode): Template | undefined {
    const target = fieldOf(node, 'function');
    const list = fieldOf(node, 'arguments');
    if (!target || list?.type !== 'argument_list') {
      return undefined;
    }
    const args = namedOf(list);
    if (SAME_TEXT.test(this.tree.textOf(target))) {
      const value = args.length === 1 ? this.evaluate(args[0]) : undefined;
      return value;
    }
    const object =
      target.type === 'attribute' ? fieldOf(target, 'object') : undefined;
    const method = fieldOf(target, 'attribute');
    const value = object && method && this.evaluate(object);
    if (!value) {
      return undefined;
    }
    const name = this.tree.textOf(method);
    if (SAME_TEXT_METHODS.test(name)) {
      return args.length === 0 ? value : undefined;
    }
    if (name === 'replace' && args.length === 2) {
      return this.#replace(node, value, args[0], args[1]);
    }
    if (name !== 'format') {
      return undefined;
    }
    const named = new Map(
      args
        .filter(arg => arg.type === 'keyword_argument')
        .map(arg => [
          this.tree.textOf(fieldOf(arg, 'name') ?? arg),
          fieldOf(arg, 'value'),
        ]),
    );
    const positional = args.filter(arg => arg.type !== 'keyword_argument');
    const splat = positional.findIndex(arg => /splat/.test(arg.type));
    const pieces = applyMarks(value.pieces, BRACES, (mark, at) => {
      const position = Number(mark.argument);
      const index = splat !== -1 && position >= splat ? NaN : position;
      const arg = named.get(mark.argument ?? '') ?? positional[index];
      return this.#argument(mark, at, arg);
    });
    return pieces && this.#joined(node, [pieces]);
  }

  /** `.replace('@day', day)`: every occurrence becomes a hole. */
  #replace(
    node: CodeNode,
    value: Template,
    from: CodeNode,
    to: CodeNode,
  ): Template | undefined {
    const pattern = this.evaluate(from)
      ?.pieces.map(piece => (piece.kind === 'text' ? piece.text : undefined))
      .join('');
    if (!pattern) {
      return undefined;
    }
    const pieces = value.pieces.flatMap((piece): Piece[] => {
      if (piece.kind === 'hole') {
        return [piece];
      }
      const parts: Piece[] = [];
      let last = 0;
      for (
        let at = piece.text.indexOf(pattern);
        at !== -1;
        at = piece.text.indexOf(pattern, last)
      ) {
        const end = at + pattern.length;
        parts.push(
          slicePiece(piece, last, at),
          ...this.#fill({
            kind: 'hole',
            start: piece.starts[at],
            end: piece.ends[end - 1],
            literal: piece.literal,
            node: to,
          }),
        );
        last = end;
      }
      return [...parts, slicePiece(piece, last, piece.text.length)];
    });
    return this.#joined(node, [pieces]);
  }

  #joined(node: CodeNode, lists: ReadonlyArray<readonly Piece[]>): Template {
    const pieces = lists
      .flat()
      .filter(piece => piece.kind === 'hole' || piece.text !== '');
    return {
      node,
      pieces: pieces.map((piece, index) => {
        if (piece.kind === 'text' || piece.value !== undefined) {
          return piece;
        }
        const value = this.guess(pieces, index);
        return value === undefined ? piece : { ...piece, value };
      }),
    };
  }
}

/** Values of a dictionary display by their literal keys. */
export function pairsOf(tree: PyTree, node: CodeNode): Map<string, CodeNode> {
  const pairs = new Map<string, CodeNode>();
  for (const pair of namedOf(node)) {
    const key = fieldOf(pair, 'key');
    const value = fieldOf(pair, 'value');
    if (pair.type === 'pair' && key?.type === 'string' && value) {
      pairs.set(tree.textOf(key).slice(1, -1), value);
    }
  }
  return pairs;
}
