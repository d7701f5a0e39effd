import {
  HostileInput,
  parseDatasetMapping,
} from 'backstage-plugin-dataset-migration-common';
import { checkSample } from 'dataset-migration-equivalence';
import { InputError } from '@backstage/errors';
import { reportWithoutRows } from '../verify/withoutRows';
import { EXIT_CODES } from './exitCodes';
import { readJson } from './readJson';
import { takeConnection } from './takeVariable';
import { writeResult } from './writeResult';

const MEMORY_MB = 1024;
const MAX_MS = 10 * 60_000;

/**
 * `--check-sample`: compares contracts and mapping with real data, whose address is in
 * the environment. The job file holds `{ mapping, showRows, timeoutMs }`, the result
 * `{ report }`, or `{ error }` where the data could not be read.
 */
export async function checkMappingOnSample(paths: {
  job: string;
  result: string;
}): Promise<number> {
  const input = new HostileInput(await readJson(paths.job), 'job');
  const job = input.object(['mapping', 'showRows', 'timeoutMs']);
  const given = (key: string) => HostileInput.required(job, key, input);
  const connection = takeConnection();
  if (!connection) {
    throw new InputError('No connection to real data was given');
  }
  const mapping = parseDatasetMapping(given('mapping'));
  const showRows = given('showRows').boolean();
  const timeoutMs = given('timeoutMs').integer(1, MAX_MS);
  try {
    const report = await checkSample({
      connection,
      mapping,
      answers: [],
      limits: { timeoutMs, memoryMb: MEMORY_MB },
    });
    await writeResult(paths.result, {
      report: showRows ? report : reportWithoutRows(report),
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    await writeResult(paths.result, { error: message.slice(0, 2000) });
  }
  return EXIT_CODES.done;
}
