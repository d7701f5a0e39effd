import { JinjaExpression } from './JinjaExpression';

/** Methods that change the list or dict that they are called on. */
const CHANGES =
  /^(append|extend|insert|pop|popitem|remove|clear|update|setdefault|sort|reverse)$/;

/** `a.b.c` as its names, or nothing for any other expression. */
export function pathOf(expression: JinjaExpression): string[] | undefined {
  if (expression.kind === 'name') {
    return [expression.name];
  }
  const of =
    expression.kind === 'attribute' ? pathOf(expression.of) : undefined;
  return of && expression.kind === 'attribute'
    ? [...of, expression.name]
    : undefined;
}

/** Running it may change a list or dict. */
export function changesValues(expression: unknown): boolean {
  if (typeof expression !== 'object' || expression === null) {
    return false;
  }
  const { kind, name } = expression as { kind?: unknown; name?: unknown };
  return (
    (kind === 'attribute' && typeof name === 'string' && CHANGES.test(name)) ||
    Object.values(expression).some(changesValues)
  );
}
