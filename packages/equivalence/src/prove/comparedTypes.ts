import {
  AstNode,
  childNode,
  childNodes,
  identifier,
  isNode,
  walkAst,
} from '../translate/ast';

/** A literal that a column stands beside. */
export interface ComparedLiteral {
  text: string;
  /** True for one in quotes: text, or `DATE '2024-01-01'`. */
  quoted: boolean;
}

/** What columns themselves, not what is made of them, are compared with; by lower-case name. */
export interface ComparedTypes {
  literals: Map<string, ComparedLiteral[]>;
  partners: Map<string, Set<string>>;
}

const COMPARISONS =
  /^(eq|neq|lt|lte|gt|gte|null_safe_eq|null_safe_neq|in|between|case)$/;
const PICKING = ['max', 'min', 'any_value'];
const OPERANDS = ['left', 'right', 'this', 'low', 'high', 'operand'];

/** A column, or the one that an aggregate picks a value of. */
function columnName(node: AstNode): string | undefined {
  const picked = PICKING.map(key => childNode(node, key)).find(isNode);
  const column = childNode(childNode(picked ?? {}, 'this') ?? node, 'column');
  return column && identifier(column, 'name')?.toLowerCase();
}

function literalOf(node: AstNode): ComparedLiteral | undefined {
  const negative = childNode(childNode(node, 'neg') ?? {}, 'this');
  const literal = childNode(negative ?? node, 'literal');
  return typeof literal?.value === 'string'
    ? { text: literal.value, quoted: literal.literal_type !== 'number' }
    : undefined;
}

/** Everything that one comparison puts side by side. */
function operandsOf(kind: string, node: AstNode): AstNode[] {
  const single = OPERANDS.map(key => childNode(node, key)).filter(isNode);
  if (kind === 'in') return [...single, ...childNodes(node, 'expressions')];
  if (kind !== 'case') return single;
  // CASE without an operand compares nothing by itself.
  if (single.length === 0) return [];
  const whens = Array.isArray(node.whens) ? node.whens : [];
  return [
    ...single,
    ...whens
      .map((when: unknown) => (Array.isArray(when) ? when[0] : undefined))
      .filter(isNode),
  ];
}

/**
 * Reads what types comparisons give away: `a = 1` makes `a` a number, while
 * `COUNT(a) = 1` and `ROW_NUMBER() OVER (ORDER BY a) = 1` say nothing about it.
 */
export function comparedTypes(statements: AstNode[]): ComparedTypes {
  const literals: ComparedTypes['literals'] = new Map();
  const partners: ComparedTypes['partners'] = new Map();
  const meet = (one: string, other: string) => {
    if (one === other) return;
    partners.set(one, (partners.get(one) ?? new Set()).add(other));
    partners.set(other, (partners.get(other) ?? new Set()).add(one));
  };
  walkAst(statements, (kind, node) => {
    const alias = kind === 'alias' ? identifier(node, 'alias') : undefined;
    const named = columnName(childNode(node, 'this') ?? {});
    if (alias && named) meet(alias.toLowerCase(), named);
    if (!COMPARISONS.test(kind)) return;
    const operands = operandsOf(kind, node);
    const columns = operands.flatMap(each => columnName(each) ?? []);
    const found = operands.flatMap(each => literalOf(each) ?? []);
    for (const [index, column] of columns.entries()) {
      literals.set(column, [...(literals.get(column) ?? []), ...found]);
      for (const other of columns.slice(index + 1)) meet(column, other);
    }
  });
  return { literals, partners };
}
