import { JinjaSpan } from '../mask/scanJinja';
import { ExpressionParser } from './ExpressionParser';
import { JinjaExpression, JinjaNotRead } from './JinjaExpression';

/** An expression, or nothing where it could not be read. */
type Maybe = JinjaExpression | undefined;

/** A part of a template, in the order it is run. */
export type JinjaNode =
  | { kind: 'text'; start: number; end: number }
  | { kind: 'output'; span: number; expression: Maybe }
  | {
      kind: 'if';
      /** Which of the file's conditionals it is. */
      conditional: number;
      branches: Array<{ condition: Maybe; isElse: boolean; body: JinjaNode[] }>;
    }
  | {
      kind: 'for';
      names: string[];
      over: Maybe;
      only?: JinjaExpression;
      body: JinjaNode[];
    }
  | { kind: 'set'; names: string[]; member?: string; value: Maybe }
  | { kind: 'capture'; name: string; body: JinjaNode[] }
  | { kind: 'do'; expression: Maybe }
  /** A block of a kind that is not run: its text is not printed. */
  | { kind: 'skipped'; body: JinjaNode[] };

const SKIPPED = new Set([
  'macro',
  'test',
  'docs',
  'materialization',
  'call',
  'filter',
  'raw',
]);

function read<T>(parse: () => T): T | undefined {
  try {
    return parse();
  } catch (error) {
    if (error instanceof JinjaNotRead) {
      return undefined;
    }
    throw error;
  }
}

interface Open {
  tag: string;
  node?: JinjaNode;
  outer: JinjaNode[];
}

function setNode(body: string): JinjaNode {
  const target = body.match(
    /^\s*set\s+([A-Za-z_]\w*(?:\s*,\s*[A-Za-z_]\w*)*)(?:\s*\.\s*(\w+))?\s*=(?!=)/,
  );
  if (!target) {
    return { kind: 'do', expression: undefined };
  }
  const value = body.slice(target[0].length);
  return {
    kind: 'set',
    names: target[1].split(',').map(name => name.trim()),
    ...(target[2] && { member: target[2] }),
    value: read(() => ExpressionParser.parse(value)),
  };
}

function forNode(body: string, inner: JinjaNode[]): JinjaNode {
  const head = body.match(
    /^\s*for\s+([A-Za-z_]\w*(?:\s*,\s*[A-Za-z_]\w*)*)\s+in\s/,
  );
  const names = head?.[1].split(',').map(name => name.trim()) ?? [];
  const parsed = read(() => {
    const parser = new ExpressionParser(body.slice(head?.[0].length ?? 0));
    const over = parser.expression(false);
    const only = parser.takeName('if') ? parser.expression() : undefined;
    parser.expectEnd();
    return { over, only };
  });
  const known = head && parsed;
  return {
    kind: 'for',
    names,
    over: known ? parsed.over : undefined,
    ...(known && parsed.only && { only: parsed.only }),
    body: inner,
  };
}

/** The text between two tags, without the whitespace that `{%-` and `-%}` take away. */
function pushText(into: JinjaNode[], text: string, from: number, to: number) {
  let [start, end] = [from, to];
  if (/-[%}#]\}$/.test(text.slice(Math.max(0, from - 3), from))) {
    while (start < end && /\s/.test(text[start])) start++;
  }
  if (/^\{[%{#]-/.test(text.slice(to, to + 3))) {
    while (start < end && /\s/.test(text[end - 1])) end--;
  }
  if (start < end) {
    into.push({ kind: 'text', start, end });
  }
}

/**
 * The tree of a template whose block tags pair. Conditionals are counted as
 * `findBlocks` counts them. Returns nothing where the tags do not pair.
 */
export function parseTemplate(
  text: string,
  spans: readonly JinjaSpan[],
): JinjaNode[] | undefined {
  const root: JinjaNode[] = [];
  const open: Open[] = [];
  let into = root;
  let position = 0;
  let conditionals = 0;
  const begin = (tag: string, inner: JinjaNode[], node: JinjaNode) => {
    into.push(node);
    open.push({ tag, node, outer: into });
    into = inner;
  };
  for (const [index, span] of spans.entries()) {
    if (span.kind === 'hole') {
      continue;
    }
    pushText(into, text, position, span.start);
    position = span.end;
    const { body } = span;
    if (span.kind === 'expression') {
      const expression = read(() => ExpressionParser.parse(body));
      into.push({ kind: 'output', span: index, expression });
    }
    if (span.kind !== 'statement') {
      continue;
    }
    const tag = body.trim().match(/^\w+/)?.[0] ?? '';
    const rest = body.trim().slice(tag.length);
    const condition = () => read(() => ExpressionParser.parse(rest));
    const top = open[open.length - 1];
    if (tag === 'if') {
      const branch = { condition: condition(), isElse: false, body: [] };
      const conditional = conditionals++;
      begin(tag, branch.body, { kind: 'if', conditional, branches: [branch] });
    } else if (tag === 'elif' || tag === 'else') {
      if (top?.node?.kind !== 'if') {
        // `{% for %} … {% else %}` prints its end only for an empty list.
        return undefined;
      }
      const isElse = tag === 'else';
      const branch = {
        condition: isElse ? undefined : condition(),
        isElse,
        body: [],
      };
      top.node.branches.push(branch);
      into = branch.body;
    } else if (tag === 'for') {
      const inner: JinjaNode[] = [];
      begin(tag, inner, forNode(body, inner));
    } else if (tag === 'set' && /^\s*set\s+\w+\s*$/.test(body)) {
      const inner: JinjaNode[] = [];
      const name = rest.trim();
      begin(tag, inner, { kind: 'capture', name, body: inner });
    } else if (tag === 'set') {
      into.push(setNode(body));
    } else if (tag === 'do') {
      into.push({ kind: 'do', expression: condition() });
    } else if (SKIPPED.has(tag)) {
      const inner: JinjaNode[] = [];
      begin(tag, inner, { kind: 'skipped', body: inner });
    } else if (tag === 'snapshot') {
      open.push({ tag, outer: into });
    } else if (tag.startsWith('end')) {
      if (top?.tag !== tag.slice(3)) {
        return undefined;
      }
      open.pop();
      into = top.outer;
    }
  }
  pushText(into, text, position, text.length);
  return open.length === 0 ? root : undefined;
}
