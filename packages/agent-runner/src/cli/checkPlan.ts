import {
  HostileInput,
  parseDatasetMapping,
} from 'backstage-plugin-dataset-migration-common';
import { checkMapping } from 'dataset-migration-equivalence';
import { EXIT_CODES } from './exitCodes';
import { readJson } from './readJson';
import { writeResult } from './writeResult';

/**
 * `--check-plan`: binds a mapping's expressions in a database. The job file holds
 * `{ mapping }`, the result `{ problems }`.
 */
export async function checkPlan(paths: {
  job: string;
  result: string;
}): Promise<number> {
  const input = new HostileInput(await readJson(paths.job), 'job');
  const { mapping } = input.object(['mapping']);
  const problems = await checkMapping({
    mapping: parseDatasetMapping(mapping ?? input.refuse('given a mapping')),
  });
  await writeResult(paths.result, { problems });
  return EXIT_CODES.done;
}
