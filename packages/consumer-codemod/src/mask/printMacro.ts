import { isDateWord } from '../resolve/datePart';
import { JinjaSpan } from './scanJinja';

/**
 * SQL that stands for a Jinja expression of which nobody here knows what it prints: a
 * call of a function by its name, with the columns that its arguments name.
 */
export function printMacro(span: JinjaSpan): string {
  const called = span.body.match(/^\s*(?:\w+\.)*(\w+)\s*\(([^]*)\)\s*$/);
  if (!called) {
    return `jinja_${span.body.trim().replace(/\W+/g, '_').slice(0, 60)}()`;
  }
  const [, name, args] = called;
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
