import { isError } from '@backstage/errors';
import { checkMappingOnSample } from './checkMappingOnSample';
import { checkPlan } from './checkPlan';
import { EXIT_CODES } from './exitCodes';
import { killDescendants } from './killDescendants';
import { parseCommandLine } from './parseCommandLine';
import { runJob } from './runJob';

/** After a signal, what does not end by itself is ended. */
const GRACE_MS = 1500;

/** The command line program `dataset-migration-runner`. */
export async function main(args: string[]): Promise<void> {
  const terminated = new AbortController();
  const terminate = () => {
    terminated.abort();
    killDescendants();
    setTimeout(() => end(EXIT_CODES.terminated), GRACE_MS).unref();
  };
  process.on('SIGTERM', terminate);
  process.on('SIGINT', terminate);
  let code: number;
  try {
    const line = parseCommandLine(args);
    if (line.checkPlan) {
      code = await checkPlan(line);
    } else if (line.checkSample) {
      code = await checkMappingOnSample(line);
    } else {
      code = await runJob(line, terminated.signal);
    }
  } catch (error) {
    const wrongInput = isError(error) && error.name === 'InputError';
    process.stderr.write(`${isError(error) ? error.message : error}\n`);
    code = wrongInput ? EXIT_CODES.usage : EXIT_CODES.notReported;
  }
  end(code);
}

/** Whatever a library left open does not keep the process. */
function end(code: number): never {
  killDescendants();
  process.exit(code);
}
