import { parseExpression } from '../rewrite/Expression';
import { printExpression } from '../rewrite/Expression';
import { YamlContext } from './YamlContext';

/** An expression of a dbt file over columns of the dataset. */
export interface FieldExpression {
  text: string;
  /** Each column, where it stands, as written. */
  names: Array<{ name: string; start: number; end: number }>;
}

const NAME = /^[A-Za-z_]\w*(?![\w.(]|\s*\()/;

/**
 * Reads SQL over one table whose columns are plain and unqualified. Nothing if it
 * is not that: Jinja, a query of its own, quoted or qualified names.
 */
export async function readExpression(
  { parser, view }: YamlContext,
  text: string,
): Promise<FieldExpression | undefined> {
  if (/\{[{%#]|\bselect\b|[;$`]|--|\/\*/i.test(text)) {
    return undefined;
  }
  const parsed = await parseExpression(text, view.mapping.dialect, parser);
  if (!parsed) {
    return undefined;
  }
  const names = parsed.names.flatMap(start => {
    const name = NAME.exec(text.slice(start))?.[0];
    return name ? [{ name, start, end: start + name.length }] : [];
  });
  return names.length === parsed.names.length ? { text, names } : undefined;
}

/** The expression over the new dataset. Every name in it is a field that can be written. */
export function moveExpression(
  { view }: YamlContext,
  { text, names }: FieldExpression,
): string {
  let moved = '';
  let position = 0;
  for (const { name, start, end } of [...names].sort(
    (a, b) => a.start - b.start,
  )) {
    const field = view.fields.get(name.toLowerCase());
    if (field?.kind !== 'expression') {
      throw new Error(`${name} is not a field that can be written`);
    }
    const { expression } = field;
    const whole = start === 0 && end === text.trimEnd().length;
    const written = printExpression(expression, undefined);
    moved += text.slice(position, start);
    moved += expression.atomic || whole ? written : `(${written})`;
    position = end;
  }
  return moved + text.slice(position);
}
