import { ChildProcess, spawn } from 'child_process';
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { isDeepStrictEqual } from 'util';
import {
  parseRunResult,
  RUN_CREDENTIAL_VARIABLE,
  RunJob,
  RunResult,
} from 'backstage-plugin-dataset-migration-common';
import { TestBackend } from './TestBackend';
import { TestFile, TestRepository } from './TestRepository';

const BIN = require.resolve('../../bin/dataset-migration-runner.js');

export interface EndedRunner {
  code: number | null;
  output: string;
  result?: RunResult;
}

/** The runner as a process, with a backend and a repository of its own. */
export class RunnerBench {
  private constructor(
    readonly backend: TestBackend,
    /** Of the backend's API. */
    readonly url: string,
    readonly repository: TestRepository,
    readonly directory: string,
  ) {}

  static async start(): Promise<RunnerBench> {
    const backend = new TestBackend();
    return new RunnerBench(
      backend,
      await backend.start(),
      new TestRepository(),
      mkdtempSync(join(tmpdir(), 'runner-test-')),
    );
  }

  async stop(): Promise<void> {
    await this.backend.stop();
    this.repository.remove();
    rmSync(this.directory, { recursive: true, force: true });
  }

  start(
    job: unknown,
    args: string[] = [],
    environment: Record<string, string> = {},
  ): { child: ChildProcess; ended: Promise<EndedRunner> } {
    const jobFile = join(this.directory, 'job.json');
    const resultFile = join(this.directory, 'result.json');
    writeFileSync(jobFile, JSON.stringify(job));
    const child = spawn(
      process.execPath,
      [BIN, '--job', jobFile, '--result', resultFile, ...args],
      {
        env: {
          PATH: process.env.PATH,
          TMPDIR: this.directory,
          [RUN_CREDENTIAL_VARIABLE]: this.backend.credential,
          ...environment,
        } as NodeJS.ProcessEnv,
      },
    );
    const output: string[] = [];
    child.stdout.on('data', chunk => output.push(String(chunk)));
    child.stderr.on('data', chunk => output.push(String(chunk)));
    const ended = new Promise<number | null>(resolve =>
      child.on('close', resolve),
    ).then(code => ({
      code,
      output: output.join(''),
      ...(existsSync(resultFile) && {
        result: JSON.parse(readFileSync(resultFile, 'utf8')),
      }),
    }));
    return { child, ended };
  }

  /** A run that ends as it should: with a result that the backend has, too. */
  async run(
    files: TestFile[],
    job: RunJob,
    environment: Record<string, string> = {},
  ): Promise<RunResult> {
    const { backend } = this;
    backend.source = this.repository.commit(files);
    const { code, output, result } = await this.start(job, [], environment)
      .ended;
    const [last] = backend.reports.slice(-1);
    if (
      code !== 0 ||
      output !== '' ||
      !isDeepStrictEqual(last.result, result)
    ) {
      throw new Error(`The runner ended with ${code} and said: ${output}`);
    }
    if (JSON.stringify(backend.reports).includes(backend.credential)) {
      throw new Error('The runner reported its credential');
    }
    return parseRunResult(result);
  }
}
