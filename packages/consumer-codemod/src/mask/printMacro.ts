import { isDateWord } from '../resolve/datePart';
import { Macros } from './macroUses';
import { JinjaSpan } from './scanJinja';

/**
 * SQL that stands for what a Jinja expression prints, to run a query with it: a macro
 * of the repository that is text and parameters only is printed; anything else is a
 * call of a function by its name, with the columns that its arguments name.
 */
export function printMacro(span: JinjaSpan, macros: Macros): string {
  const called = span.body.match(/^\s*(?:\w+\.)*(\w+)\s*\(([^]*)\)\s*$/);
  if (!called) {
    return `jinja_${span.body.trim().replace(/\W+/g, '_').slice(0, 60)}()`;
  }
  const [, name, args] = called;
  const printed = expand(name, args, macros);
  if (printed !== undefined) {
    return printed;
  }
  const columns = [...args.matchAll(/'([^']*)'|"([^"]*)"/g)]
    .map(([, a, b]) => (a ?? b).trim())
    .filter(text => /^[A-Za-z_]\w*(\.\w+)?$/.test(text));
  // A setting is no column, nor is a part of a date.
  const operands = columns.map(column =>
    /^(env_)?var$/.test(name) || isDateWord(column.toLowerCase())
      ? `'${column}'`
      : column,
  );
  return `jinja_${name}(${operands.join(', ')})`;
}

/** The body of a macro that has no other Jinja than its parameters. */
function expand(
  name: string,
  args: string,
  macros: Macros,
): string | undefined {
  const body = macros.get(name);
  const signature = macros.get(`signature:${name}`);
  const values = literalsOf(args);
  if (body === undefined || signature === undefined || !values) {
    return undefined;
  }
  const given = new Map<string, string>();
  const names = signature.split(',').flatMap(part => {
    const [parameter, value] = part.split('=').map(text => text.trim());
    const literal = value?.match(/^'([^']*)'$|^"([^"]*)"$/);
    if (literal) {
      given.set(parameter, literal[1] ?? literal[2]);
    }
    return parameter ? [parameter] : [];
  });
  for (const [index, { key, value }] of values.entries()) {
    given.set(key ?? names[index] ?? '', value);
  }
  let known = true;
  const text = body
    .replace(/\{#[^]*?#\}/g, ' ')
    .replace(/\{\{-?\s*(\w+)\s*-?\}\}/g, (_, parameter: string) => {
      const value = given.get(parameter);
      known = known && value !== undefined;
      return value ?? '';
    });
  return known && !/\{[{%]/.test(text) && text.trim() !== ''
    ? text.trim()
    : undefined;
}

/** Arguments that are all strings in quotes, some of them by name. */
function literalsOf(
  args: string,
): Array<{ key?: string; value: string }> | undefined {
  const values: Array<{ key?: string; value: string }> = [];
  const rest = args.replace(
    /\s*(?:(\w+)\s*=\s*)?(?:'([^']*)'|"([^"]*)")\s*(,|$)/g,
    (_, key: string | undefined, a: string | undefined, b: string) => {
      values.push({ ...(key && { key }), value: a ?? b });
      return '';
    },
  );
  return rest.trim() === '' ? values : undefined;
}
