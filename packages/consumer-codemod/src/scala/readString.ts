import {
  EmbeddedHole,
  EmbeddedPart,
  EmbeddedSql,
} from '../embedded/EmbeddedSql';
import { CodeNode } from '../treeSitter/CodeParser';
import { Binders, valueOf } from './Binders';
import { fillMarks } from './formatMarks';
import { readText, stripMargin } from './literalText';
import { LiteralStyle, literalOf } from './ScalaLiteral';
import { childOf, namedChildren, ScalaFile } from './ScalaFile';

/** Methods of a string that leave SQL what it is. */
const NEUTRAL = new Set([
  'trim',
  'stripMargin',
  'stripIndent',
  'replaceAll',
  'replace',
  'toString',
]);
const INTERPOLATORS = new Set(['s', 'f', 'raw']);
const MAX_NESTING = 4;

interface ReadContext {
  file: ScalaFile;
  binders: Binders;
  margin: boolean;
  formatted: boolean;
  /** How many constants are being followed. */
  depth: number;
}

/**
 * Reads an expression that makes a string of literals: plain, interpolated, joined
 * by `+`, with `.stripMargin` and `.format`. Returns nothing if it is none.
 */
export function readString(
  file: ScalaFile,
  binders: Binders,
  node: CodeNode,
  args: readonly CodeNode[] = [],
): EmbeddedSql | undefined {
  const parts = read(
    { file, binders, margin: false, formatted: args.length > 0, depth: 0 },
    node,
  );
  return (
    parts && {
      start: node.start,
      end: node.end,
      parts:
        args.length > 0
          ? fillMarks(parts, argumentsOf({ file, binders, depth: 0 }, args))
          : parts,
    }
  );
}

function read(
  context: ReadContext,
  node: CodeNode,
): EmbeddedPart[] | undefined {
  const { file } = context;
  switch (node.type) {
    case 'string':
    case 'interpolated_string_expression':
      return readLiteral(context, node);
    case 'parenthesized_expression': {
      const [inner, ...more] = namedChildren(node);
      return inner && more.length === 0 ? read(context, inner) : undefined;
    }
    case 'infix_expression': {
      const operator = childOf(node, 'operator');
      const left = childOf(node, 'left');
      const right = childOf(node, 'right');
      if (!operator || file.source(operator) !== '+' || !left || !right) {
        return undefined;
      }
      const first = read(context, left);
      const second = read(context, right);
      if (!first && !second) {
        return undefined;
      }
      return [
        ...(first ?? [valueHole(context, left)]),
        ...(second ?? [valueHole(context, right)]),
      ];
    }
    case 'field_expression': {
      const value = childOf(node, 'value');
      const method = childOf(node, 'field');
      const name = method && file.source(method);
      return value && name && NEUTRAL.has(name)
        ? read(
            { ...context, margin: context.margin || name === 'stripMargin' },
            value,
          )
        : undefined;
    }
    case 'call_expression': {
      const target = childOf(node, 'function');
      const list = childOf(node, 'arguments');
      if (target?.type !== 'field_expression' || list?.type !== 'arguments') {
        return undefined;
      }
      const method = childOf(target, 'field');
      const value = childOf(target, 'value');
      const name = method && file.source(method);
      if (!value || !name) {
        return undefined;
      }
      if (name === 'format') {
        const parts = read({ ...context, formatted: true }, value);
        return (
          parts && fillMarks(parts, argumentsOf(context, namedChildren(list)))
        );
      }
      return NEUTRAL.has(name) && name !== 'stripMargin'
        ? read(context, value)
        : undefined;
    }
    default:
      return undefined;
  }
}

/** A value that is joined to the string; it may be a constant of the file. */
function valueHole(
  context: Pick<ReadContext, 'file' | 'binders' | 'depth'>,
  node: CodeNode,
): EmbeddedHole {
  const value = constantValue(
    context.file,
    context.binders,
    node,
    context.depth,
  );
  return {
    kind: 'hole',
    start: node.start,
    end: node.end,
    origin: { start: node.start, end: node.end },
    ...(value !== undefined && { value }),
  };
}

/** What is known of a format's arguments. */
function argumentsOf(
  context: Pick<ReadContext, 'file' | 'binders' | 'depth'>,
  args: readonly CodeNode[],
) {
  return (index: number): Partial<EmbeddedHole> => {
    const arg = args[index];
    if (!arg) {
      return {};
    }
    const { value, origin } = valueHole(context, arg);
    const number = /^(integer|floating_point)_literal$/.test(arg.type);
    return {
      ...(number && { bound: true }),
      ...(value !== undefined && { value }),
      ...(origin && { origin }),
    };
  };
}

/** The text that an expression stands for, if the file proves it. */
export function constantValue(
  file: ScalaFile,
  binders: Binders,
  node: CodeNode,
  depth = 0,
): string | undefined {
  if (depth > MAX_NESTING) {
    return undefined;
  }
  const definition = constantDefinition(file, binders, node);
  const target = definition ? valueOf(definition) : node;
  if (!target) {
    return undefined;
  }
  const parts = read(
    { file, binders, margin: false, formatted: false, depth: depth + 1 },
    target,
  );
  return parts?.every(part => part.kind === 'text' || part.value !== undefined)
    ? parts
        .map(part => (part.kind === 'text' ? part.text : part.value ?? ''))
        .join('')
    : undefined;
}

/** The `val` that an expression such as `X` or `Tables.X` names. */
export function constantDefinition(
  file: ScalaFile,
  binders: Binders,
  node: CodeNode,
): CodeNode | undefined {
  if (node.type === 'identifier') {
    const definition = binders.only(file.source(node));
    return valueOf(definition) && definition;
  }
  if (node.type === 'field_expression') {
    const owner = childOf(node, 'value');
    const member = childOf(node, 'field');
    if (owner?.type !== 'identifier' || !member) {
      return undefined;
    }
    const definition = binders.only(file.source(member));
    const object = definition && file.around(definition, 'object_definition');
    const name = object && childOf(object, 'name');
    return name &&
      file.source(name) === file.source(owner) &&
      valueOf(definition)
      ? definition
      : undefined;
  }
  if (node.type === 'block') {
    const [inner, ...more] = namedChildren(node);
    return inner && more.length === 0
      ? constantDefinition(file, binders, inner)
      : undefined;
  }
  return undefined;
}

function readLiteral(
  context: ReadContext,
  node: CodeNode,
): EmbeddedPart[] | undefined {
  const { file } = context;
  const interpolator =
    node.type === 'string'
      ? ''
      : file.source(childOf(node, 'interpolator') ?? node);
  if (interpolator && !INTERPOLATORS.has(interpolator)) {
    return undefined;
  }
  const body = file.text.slice(node.start + interpolator.length, node.end);
  const style: LiteralStyle = {
    triple: body.startsWith('"""'),
    interpolator,
    margin: context.margin,
    formatted: context.formatted,
  };
  const literal = literalOf(file, node, style);
  const holes = interpolator ? interpolations(node) : [];
  const parts: EmbeddedPart[] = [];
  let position = literal.start;
  for (const hole of holes) {
    if (hole.start < position) {
      return undefined;
    }
    const text = readText(file.text, position, hole.start, literal, style);
    if (!text) {
      return undefined;
    }
    parts.push(...text);
    const [inner] = namedChildren(hole);
    // `f"$x%05d"`: the mark behind a hole belongs to it.
    const mark =
      interpolator === 'f'
        ? file.text
            .slice(hole.end)
            .match(/^%(?!%|n)[-#+ 0,(<]*\d*(?:\.\d+)?[a-zA-Z]/)?.[0] ?? ''
        : '';
    position = hole.end + mark.length;
    const { value, origin } =
      inner && !mark
        ? valueHole(context, inner)
        : { value: undefined, origin: undefined };
    parts.push({
      kind: 'hole',
      start: hole.start,
      end: position,
      literal,
      ...(value !== undefined && { value }),
      ...(origin && { origin }),
    });
  }
  const rest = readText(file.text, position, literal.end, literal, style);
  if (!rest) {
    return undefined;
  }
  const all = [...parts, ...rest];
  return context.margin ? stripMargin(all) : all;
}

function interpolations(node: CodeNode): CodeNode[] {
  return node.children
    .flatMap(child => [child, ...child.children])
    .filter(child => child.type === 'interpolation');
}
