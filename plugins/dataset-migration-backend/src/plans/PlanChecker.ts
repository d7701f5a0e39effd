import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { ServiceUnavailableError } from '@backstage/errors';
import { DatasetMapping } from 'backstage-plugin-dataset-migration-common';

const run = promisify(execFile);
const TIMEOUT_MS = 60_000;

/** What the runner says about one expression of a mapping. */
export interface MappingProblem {
  field?: string;
  /** `rows.where` or `fields.<name>`. */
  place: string;
  code: string;
  message: string;
  severity: 'error' | 'warning';
}

/**
 * Binds every expression of a mapping to the new contract. This takes a parser and a
 * database, so it happens in a process of the runner, which may crash or hang alone.
 */
export class PlanChecker {
  readonly #runner: string;

  /** @param runner - path of the runner's executable */
  constructor(runner: string) {
    this.#runner = runner;
  }

  /** @throws ServiceUnavailableError when the runner gave no answer. */
  async check(mapping: DatasetMapping): Promise<MappingProblem[]> {
    const directory = await mkdtemp(path.join(tmpdir(), 'plan-check-'));
    const job = path.join(directory, 'job.json');
    const result = path.join(directory, 'result.json');
    try {
      await writeFile(job, JSON.stringify({ mapping }));
      await run(
        process.execPath,
        [this.#runner, '--check-plan', '--job', job, '--result', result],
        {
          cwd: directory,
          env: { PATH: process.env.PATH, HOME: directory },
          timeout: TIMEOUT_MS,
          maxBuffer: 1024 * 1024,
        },
      );
      return JSON.parse(await readFile(result, 'utf8')).problems;
    } catch (error) {
      throw new ServiceUnavailableError(
        `The expressions of the plan could not be checked: ${
          error instanceof Error ? error.message : String(error)
        }`,
      );
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  }
}
