import { DatasetMapping } from 'backstage-plugin-dataset-migration-common';
import { keysOf } from './keysOf';
import { columnsNamed, SampleReader, SampleTable } from './SampleReader';

interface BothSides {
  from: SampleTable;
  to: SampleTable;
}

/** Keys that are taken from what was read of each side. */
const MAX_KEYS = 5_000;
/** More rows than this have so few keys that they say little. */
const MAX_ROWS = 20_000;

/**
 * Two large tables seldom give the same rows first. Of those, the rows of the same keys
 * are read again from both sides, all that there are: what one side lacks then is lacking.
 *
 * @returns undefined where the rows that belong together cannot be told or are too many.
 */
export async function completeByKey(
  reader: SampleReader,
  mapping: DatasetMapping,
  sides: BothSides,
): Promise<BothSides | undefined> {
  const { from, to } = sides;
  if (from.complete && to.complete) {
    return sides;
  }
  const oldKeys = keysOf(mapping, 'from');
  const newKeys = keysOf(mapping, 'to');
  if (oldKeys.length === 0) {
    // A part of the rows of a group says nothing of the group.
    return mapping.rows.grain === 'same' ? sides : undefined;
  }
  const values = [...keysIn(from, oldKeys), ...keysIn(to, newKeys)];
  const distinct = [
    ...new Map(values.map(value => [JSON.stringify(value), value])).values(),
  ];
  const read = (table: SampleTable, columns: string[]) =>
    reader.read(table.name, {
      limit: MAX_ROWS,
      where: { columns, values: distinct },
    });
  const found = {
    from: await read(from, oldKeys),
    to: await read(to, newKeys),
  };
  return found.from.complete && found.to.complete ? found : undefined;
}

function keysIn(table: SampleTable, keys: string[]): Array<string | null>[] {
  const indexes = columnsNamed(table.columns, keys).map(column =>
    table.columns.indexOf(column),
  );
  return table.rows
    .slice(0, MAX_KEYS)
    .map(row => indexes.map(index => row[index]));
}
