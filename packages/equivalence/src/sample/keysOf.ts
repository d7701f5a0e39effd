import { DatasetMapping } from 'backstage-plugin-dataset-migration-common';

/**
 * Columns of one version by which rows of both can be told apart: the old primary key, or
 * the first unique field, where its fields are plain columns of the new version.
 */
export function keysOf(mapping: DatasetMapping, side: 'from' | 'to'): string[] {
  const { fields } = mapping.from.contract;
  const primary = fields.filter(({ primaryKey }) => primaryKey);
  const unique = fields.filter(each => each.unique).slice(0, 1);
  const keys = (primary.length > 0 ? primary : unique).map(({ name }) =>
    mapping.fields.find(
      field => field.name.toLowerCase() === name.toLowerCase(),
    ),
  );
  const columns = keys.flatMap(field =>
    field && (field.kind === 'same' || field.kind === 'rename')
      ? [side === 'from' ? field.name : field.is]
      : [],
  );
  return columns.length === keys.length ? columns : [];
}
