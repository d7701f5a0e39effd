import { ContractField } from 'backstage-plugin-dataset-migration-common';
import { SampleTable } from './SampleReader';

/** A combination of values that fields have more than once, if any. */
export function repeatedKey(
  fields: ContractField[],
  table: SampleTable,
): string | undefined {
  const indices = fields.map(({ name }) =>
    table.columns.findIndex(
      column => column.name.toLowerCase() === name.toLowerCase(),
    ),
  );
  const seen = new Set<string>();
  for (const row of table.rows) {
    const key = indices.map(index => row[index] ?? null);
    if (key.includes(null)) {
      continue;
    }
    const text = JSON.stringify(key);
    if (seen.has(text)) {
      return key.map(value => JSON.stringify(value)).join(', ');
    }
    seen.add(text);
  }
  return undefined;
}
