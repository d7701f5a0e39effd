import {
  DatasetMapping,
  FieldAnswer,
} from 'backstage-plugin-dataset-migration-common';
import { ProverDatabase } from '../database/ProverDatabase';
import { EquivalenceStatement } from '../EquivalenceInput';
import { Attempt, setUpAttempt } from '../prove/Attempt';
import { ProofStopped } from '../prove/ProofStopped';
import { fillFromSample } from './fillFromSample';
import { sampleColumns, sampleNames } from './sampleColumns';
import { SampleReader, SampleTable } from './SampleReader';

/** Rows of each table that queries run on. */
export const SAMPLE_ROWS = 1000;

/** One statement and the sample that it shall run on. */
export interface StatementSample {
  mapping: DatasetMapping;
  statement: EquivalenceStatement;
  answers: FieldAnswer[];
  newTable: SampleTable;
  reader: SampleReader;
  database: ProverDatabase;
}

/**
 * Prepares a statement, its tables filled with sampled rows.
 *
 * @throws ProofStopped where the sample lacks a table or column
 */
export async function setUpOnSample(
  options: StatementSample,
): Promise<{ attempt: Attempt; inputRows: Record<string, number> }> {
  const { mapping, statement, answers, reader, database } = options;
  const samples = new Map<string, SampleTable>();
  for (const { name } of statement.tables) {
    const found = reader.find(sampleNames(name));
    if (found !== undefined) {
      samples.set(name, await reader.read(found, { limit: SAMPLE_ROWS }));
    }
  }
  const attempt = await setUpAttempt(
    mapping,
    {
      ...statement,
      tables: statement.tables.map(table => {
        const sample = samples.get(table.name);
        return sample
          ? { ...table, columns: sampleColumns(sample, mapping.dialect) }
          : table;
      }),
    },
    answers,
    database,
  );
  const { prepared, bed } = attempt;
  const [newTable, ...others] = prepared.tables;
  await fillFromSample(bed, newTable, options.newTable);
  for (const table of others) {
    const name = prepared.displayNames[table.local] ?? table.local;
    const sample = samples.get(name);
    if (!sample) {
      throw new ProofStopped(
        'not-run',
        'SAMPLE_INCOMPLETE',
        `The sample has no table ${name}, which the query reads too`,
      );
    }
    await fillFromSample(bed, table, sample);
  }
  return {
    attempt,
    inputRows: Object.fromEntries(
      Object.entries(bed.counts).map(([local, count]) => [
        prepared.displayNames[local] ?? local,
        count,
      ]),
    ),
  };
}
