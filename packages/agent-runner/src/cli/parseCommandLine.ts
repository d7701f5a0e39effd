import { parseArgs } from 'util';
import { InputError } from '@backstage/errors';

export const USAGE =
  'usage: dataset-migration-runner --job job.json --result result.json [--check-plan | --check-sample]';

export interface CommandLine {
  job: string;
  result: string;
  checkPlan: boolean;
  checkSample: boolean;
}

/** @throws InputError with the usage. */
export function parseCommandLine(args: string[]): CommandLine {
  try {
    const { values } = parseArgs({
      args,
      options: {
        job: { type: 'string' },
        result: { type: 'string' },
        'check-plan': { type: 'boolean', default: false },
        'check-sample': { type: 'boolean', default: false },
      },
    });
    if (values.job && values.result) {
      return {
        job: values.job,
        result: values.result,
        checkPlan: values['check-plan'] ?? false,
        checkSample: values['check-sample'] ?? false,
      };
    }
  } catch (error) {
    throw new InputError(
      `${error instanceof Error ? error.message : error}\n${USAGE}`,
    );
  }
  throw new InputError(USAGE);
}
