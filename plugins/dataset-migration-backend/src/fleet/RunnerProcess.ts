import {
  RUN_CONNECTION_VARIABLE,
  RUN_CREDENTIAL_VARIABLE,
  RunJob,
} from 'backstage-plugin-dataset-migration-common';
import { ChildProcess, spawn } from 'child_process';
import { once } from 'events';
import { mkdtemp, rm, writeFile } from 'fs/promises';
import { join } from 'path';
import { OutputTail } from './OutputTail';

/** How long a process may take to end when asked to, in milliseconds. */
const KILL_AFTER_MS = 2_000;

export interface RunnerEnd {
  exitCode?: number;
  /** Last words, without the credential. */
  message?: string;
}

export interface RunnerOptions {
  /** The executable that Node is given. */
  runner: string;
  /** Where the attempt's own directory is made. */
  directory: string;
  job: RunJob;
  credential: string;
  /** Where real data is; a secret, too. */
  connection?: string;
  signal: AbortSignal;
}

/**
 * Executes one attempt in a process group and a directory of its own, both gone afterwards. The
 * environment is the runner's alone: nothing of the backend's secrets is in it.
 *
 * @returns how the process ended; throws when it could not be started.
 */
export async function executeRunner(
  options: RunnerOptions,
): Promise<RunnerEnd> {
  const { job, signal } = options;
  const directory = await mkdtemp(
    join(options.directory, 'dataset-migration-run-'),
  );
  try {
    const jobFile = join(directory, 'job.json');
    await writeFile(jobFile, JSON.stringify(job), { mode: 0o600 });
    signal.throwIfAborted();
    const child = spawn(
      process.execPath,
      [
        `--max-old-space-size=${job.limits.memoryMb}`,
        options.runner,
        '--job',
        jobFile,
        '--result',
        join(directory, 'result.json'),
      ],
      {
        cwd: directory,
        env: runnerEnvironment(directory, options),
        // A group of its own: what the runner starts ends with it.
        detached: true,
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    );
    return await follow(child, options);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function follow(
  child: ChildProcess,
  { job, credential, signal }: RunnerOptions,
): Promise<RunnerEnd> {
  const tail = new OutputTail(credential);
  child.stderr?.on('data', chunk => tail.add(String(chunk)));
  const killOnExit = () => killGroup(child, 'SIGKILL');
  process.once('exit', killOnExit);
  const timeout = AbortSignal.timeout(job.limits.timeoutMs);
  const stop = AbortSignal.any([signal, timeout]);
  let killTimer: NodeJS.Timeout | undefined;
  const terminate = () => {
    killGroup(child, 'SIGTERM');
    killTimer = setTimeout(() => killGroup(child, 'SIGKILL'), KILL_AFTER_MS);
  };
  stop.addEventListener('abort', terminate, { once: true });
  if (stop.aborted) terminate();
  try {
    // `exit`, not `close`: a grandchild may keep the pipe open for ever.
    const [exitCode, killedBy] = await once(child, 'exit');
    const words = timeout.aborted
      ? `It took longer than ${job.limits.timeoutMs / 1000} seconds.`
      : tail.text() || (killedBy ? `It was ended by ${killedBy}.` : '');
    return {
      ...(exitCode !== null && { exitCode }),
      ...(words && { message: words }),
    };
  } finally {
    clearTimeout(killTimer);
    stop.removeEventListener('abort', terminate);
    process.off('exit', killOnExit);
    killGroup(child, 'SIGKILL');
    child.stderr?.destroy();
  }
}

function runnerEnvironment(
  directory: string,
  { credential, connection }: RunnerOptions,
): NodeJS.ProcessEnv {
  const { PATH, NODE_EXTRA_CA_CERTS } = process.env;
  return {
    PATH,
    HOME: directory,
    TMPDIR: directory,
    LANG: 'C.UTF-8',
    // The backend may be reached over TLS of the operator's own authority.
    ...(NODE_EXTRA_CA_CERTS && { NODE_EXTRA_CA_CERTS }),
    [RUN_CREDENTIAL_VARIABLE]: credential,
    ...(connection !== undefined && { [RUN_CONNECTION_VARIABLE]: connection }),
  } as NodeJS.ProcessEnv;
}

function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group is gone already.
  }
}
