/** A value as JSON has it. */
export type PlainValue =
  | string
  | number
  | boolean
  | null
  | PlainValue[]
  | { [name: string]: PlainValue };

const CONSTANTS: Record<string, PlainValue> = {
  NULL: null,
  TRUE: true,
  FALSE: false,
};
const TEXT =
  /^(?:(?:DATE|TIMESTAMP|TIMESTAMPTZ|TIME) )?'((?:[^']|'')*)'$|^CAST\('((?:[^']|'')*)' AS (?:VARCHAR|DATE|TIMESTAMP|TIMESTAMPTZ)\)$/;

/** Splits the inside of `[…]` or `{…}` at its commas. */
function parts(inside: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let quoted = false;
  let from = 0;
  for (let index = 0; index < inside.length; index++) {
    const char = inside[index];
    if (char === "'") quoted = !quoted;
    if (quoted) continue;
    if (char === '[' || char === '{' || char === '(') depth++;
    if (char === ']' || char === '}' || char === ')') depth--;
    if (char === ',' && depth === 0) {
      found.push(inside.slice(from, index).trim());
      from = index + 1;
    }
  }
  const last = inside.slice(from).trim();
  return last ? [...found, last] : found;
}

function listOf(literal: string): { value: PlainValue } | undefined {
  const items: PlainValue[] = [];
  for (const part of parts(literal.slice(1, -1))) {
    const item = plainValue(part);
    if (!item) return undefined;
    items.push(item.value);
  }
  return { value: items };
}

function structOf(literal: string): { value: PlainValue } | undefined {
  const fields: Array<[string, PlainValue]> = [];
  for (const part of parts(literal.slice(1, -1))) {
    const named = /^'((?:[^']|'')*)': ([\s\S]*)$/.exec(part);
    const field = named && plainValue(named[2]);
    if (!field) return undefined;
    fields.push([named[1].replace(/''/g, "'"), field.value]);
  }
  return { value: Object.fromEntries(fields) };
}

/**
 * What a SQL literal stands for, as JSON from which DuckDB reads the same
 * value.
 *
 * @returns nothing for expressions
 */
export function plainValue(literal: string): { value: PlainValue } | undefined {
  if (Object.hasOwn(CONSTANTS, literal)) return { value: CONSTANTS[literal] };
  if (/^-?\d{1,15}(\.\d{1,9})?$/.test(literal)) {
    return { value: Number(literal) };
  }
  if (/^\[[\s\S]*\]$/.test(literal)) return listOf(literal);
  if (/^\{[\s\S]*\}$/.test(literal)) return structOf(literal);
  const text = TEXT.exec(literal);
  return text ? { value: (text[1] ?? text[2]).replace(/''/g, "'") } : undefined;
}
