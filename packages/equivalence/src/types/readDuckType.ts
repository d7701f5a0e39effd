import { ColumnType, ScalarName } from './ColumnType';

const SCALARS: Array<[pattern: RegExp, name: ScalarName]> = [
  [/^BOOLEAN$/, 'BOOLEAN'],
  [/^U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?$/, 'BIGINT'],
  [/^DECIMAL/, 'DECIMAL(38, 9)'],
  [/^(DOUBLE|FLOAT)$/, 'DOUBLE'],
  [/^DATE$/, 'DATE'],
  [/^TIME$/, 'TIME'],
  [/^(TIMESTAMP WITH TIME ZONE|TIMESTAMPTZ)$/, 'TIMESTAMPTZ'],
  [/^TIMESTAMP/, 'TIMESTAMP'],
  [/^INTERVAL$/, 'INTERVAL'],
  [/^BLOB$/, 'BLOB'],
  [/^JSON$/, 'JSON'],
];

/** Splits at the commas outside of brackets and quotes. */
function splitFields(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quoted = false;
  let start = 0;
  for (let index = 0; index < text.length; index++) {
    const char = text[index];
    if (char === '"') quoted = !quoted;
    if (quoted) continue;
    if (char === '(') depth++;
    if (char === ')') depth--;
    if (char === ',' && depth === 0) {
      parts.push(text.slice(start, index));
      start = index + 1;
    }
  }
  parts.push(text.slice(start));
  return parts.map(part => part.trim()).filter(part => part !== '');
}

/** Reads a type as DuckDB prints it; what rows are not generated for is text. */
export function readDuckType(text: string): ColumnType {
  const type = text.trim();
  const list = /^([\s\S]*)\[\d*\]$/.exec(type)?.[1];
  if (list !== undefined) return { kind: 'array', item: readDuckType(list) };
  const struct = /^STRUCT\(([\s\S]*)\)$/.exec(type)?.[1];
  if (struct !== undefined) {
    return {
      kind: 'struct',
      fields: splitFields(struct).flatMap(part => {
        const field = /^(?:"((?:[^"]|"")*)"|(\S+))\s+([\s\S]+)$/.exec(part);
        if (!field) return [];
        const [, quoted, plain, own] = field;
        const name = quoted?.replace(/""/g, '"') ?? plain;
        return [{ name, type: readDuckType(own) }];
      }),
    };
  }
  const name = SCALARS.find(([pattern]) => pattern.test(type))?.[1];
  return { kind: 'scalar', name: name ?? 'VARCHAR', known: false };
}
