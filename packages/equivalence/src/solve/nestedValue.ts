import { quoteText } from '../database/names';
import { ColumnType, columnTypeSql } from '../types/ColumnType';
import { variousValue } from './variousValues';

const BETWEEN = '\u0000';

/** How the parts of a struct or array are addressed below. */
export function pathKey(path: string[]): string {
  return path.join(BETWEEN);
}

/**
 * A struct or array with some of its parts given.
 *
 * @param parts - SQL literals by `pathKey`
 * @param turn - makes the other parts differ from row to row
 */
export function nestedValue(
  type: ColumnType,
  parts: Map<string, string>,
  turn: number,
  path = '',
): string {
  const exact = parts.get(path);
  const inside = [...parts.keys()].some(
    key => key !== path && (path === '' || key.startsWith(path + BETWEEN)),
  );
  if (!inside && exact !== undefined) return exact;
  if (!inside && path !== '' && type.kind !== 'scalar') {
    return `CAST(NULL AS ${columnTypeSql(type)})`;
  }
  const below = (name: string) => (path === '' ? name : path + BETWEEN + name);
  if (type.kind === 'array') {
    const item = nestedValue(type.item, parts, turn, below('[]'));
    return turn % 3 === 0 ? `[${item}]` : `[${item}, ${item}]`;
  }
  if (type.kind === 'struct') {
    const fields = type.fields.map(
      field =>
        `${quoteText(field.name)}: ${nestedValue(
          field.type,
          parts,
          turn,
          below(field.name),
        )}`,
    );
    return `{${fields.join(', ')}}`;
  }
  return exact ?? variousValue(type, path.length, turn);
}
