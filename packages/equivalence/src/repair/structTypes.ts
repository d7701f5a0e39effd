import { ColumnType } from '../types/ColumnType';

const TEXT: ColumnType = { kind: 'scalar', name: 'VARCHAR', known: false };

/** A struct that has every one of these paths of fields, with text at their ends. */
export function structOf(paths: string[][]): ColumnType {
  const fields = new Map<string, { name: string; paths: string[][] }>();
  for (const [first, ...rest] of paths) {
    const key = first.toLowerCase();
    const field = fields.get(key) ?? { name: first, paths: [] };
    if (rest.length > 0) field.paths.push(rest);
    fields.set(key, field);
  }
  return {
    kind: 'struct',
    fields: [...fields.values()].map(field => ({
      name: field.name,
      type: field.paths.length > 0 ? structOf(field.paths) : TEXT,
    })),
  };
}

/** A type with another one at the end of a path; nothing where there is no such path. */
export function withField(
  type: ColumnType,
  path: string[],
  inner: ColumnType,
): ColumnType | undefined {
  const [first, ...rest] = path;
  if (first === undefined) return inner;
  if (type.kind === 'array') {
    const item = withField(type.item, path, inner);
    return item && { kind: 'array', item };
  }
  if (type.kind !== 'struct') return undefined;
  let found = false;
  const fields = type.fields.map(field => {
    if (field.name.toLowerCase() !== first.toLowerCase()) return field;
    const changed = withField(field.type, rest, inner);
    found ||= changed !== undefined;
    return { name: field.name, type: changed ?? field.type };
  });
  return found ? { kind: 'struct', fields } : undefined;
}
