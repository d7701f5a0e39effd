import { quoteText } from '../database/names';
import { BedTable, TestBed } from '../prove/TestBed';
import { ProofStopped } from '../prove/ProofStopped';
import { columnTypeSql } from '../types/ColumnType';
import { SampleTable } from './SampleReader';

/**
 * Fills a table of a proof with sampled rows. Values that do not read as the
 * declared type become NULL; the check for drift reports them.
 *
 * @throws ProofStopped where the sample lacks a column
 */
export async function fillFromSample(
  bed: TestBed,
  table: BedTable,
  sample: SampleTable,
): Promise<void> {
  const columns = table.columns.map(column => {
    const index = sample.columns.findIndex(
      ({ name }) => name.toLowerCase() === column.name.toLowerCase(),
    );
    if (index < 0) {
      throw new ProofStopped(
        'not-run',
        'SAMPLE_INCOMPLETE',
        `The sample ${sample.name} has no column ${column.name}`,
      );
    }
    return { index, type: columnTypeSql(column.type) };
  });
  await bed.fill(
    table.local,
    sample.rows.map(row => [
      ...columns.map(({ index, type }) => {
        const value = row[index];
        return value === null || value === undefined
          ? 'NULL'
          : `TRY_CAST(${quoteText(value)} AS ${type})`;
      }),
      ...table.hidden.map(() => 'NULL'),
    ]),
  );
}
