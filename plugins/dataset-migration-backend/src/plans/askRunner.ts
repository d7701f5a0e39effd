import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Asks the runner one question in a process and a directory of its own, both gone
 * afterwards. Its environment is the search path and what is given here.
 *
 * @param options.flag - such as `--check-plan`.
 * @returns what it wrote into its result file; throws where there is none.
 */
export async function askRunner(options: {
  /** Path of the runner's executable. */
  runner: string;
  flag: string;
  job: object;
  environment?: Record<string, string>;
  timeoutMs: number;
}): Promise<unknown> {
  const directory = await mkdtemp(path.join(tmpdir(), 'plan-check-'));
  const job = path.join(directory, 'job.json');
  const result = path.join(directory, 'result.json');
  try {
    await writeFile(job, JSON.stringify(options.job));
    await run(
      process.execPath,
      [options.runner, options.flag, '--job', job, '--result', result],
      {
        cwd: directory,
        env: {
          PATH: process.env.PATH,
          HOME: directory,
          ...options.environment,
        },
        timeout: options.timeoutMs,
        maxBuffer: 1024 * 1024,
      },
    );
    return JSON.parse(await readFile(result, 'utf8'));
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
