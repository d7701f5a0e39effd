import { DatasetUse } from '../change/Finding';
import { canonicalJson } from './canonicalJson';
import { DatasetMapping } from './DatasetMapping';

/**
 * The part of a mapping that a target used, as canonical JSON: the input of its
 * change's digest. A plan version that leaves it alone leaves the approval alone.
 * Names, rows and dialect are always part of it; of the fields those that the
 * target reads, and all of them where a star reads them.
 */
export function planSlice(mapping: DatasetMapping, uses: DatasetUse[]): string {
  const read = new Set(
    uses.flatMap(({ field }) =>
      field === undefined ? [] : [field.toLowerCase()],
    ),
  );
  const everything = uses.some(({ context }) => context === 'star');
  const used = (name: string) => everything || read.has(name.toLowerCase());
  // A new field can capture a name of the query even if no mapping names it.
  const newFields = mapping.to.contract.fields.map(({ name, type }) => ({
    name,
    type,
  }));
  return canonicalJson({
    dialect: mapping.dialect,
    output: mapping.output,
    rows: mapping.rows,
    from: {
      dataset: mapping.from.dataset,
      names: mapping.from.names,
      fields: mapping.from.contract.fields
        .filter(({ name }) => used(name))
        .map(({ name, type }) => ({ name, type })),
    },
    to: {
      dataset: mapping.to.dataset,
      names: mapping.to.names,
      fields: newFields,
    },
    fields: mapping.fields.filter(({ name }) => used(name)),
  });
}
