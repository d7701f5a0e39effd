import { spawn } from 'node:child_process';
import { gitEnvironment } from './gitEnvironment';

/** What a git process said. */
export interface GitOutcome {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** Options of {@link runGit}. */
export interface RunGitOptions {
  readonly gitDir?: string;
  readonly cwd?: string;
  readonly input?: string | Buffer;
  readonly environment?: Record<string, string>;
}

/** Runs git to its end whatever its exit code; rejects only if it cannot be started. */
export function runGit(
  args: readonly string[],
  options: RunGitOptions = {},
): Promise<GitOutcome> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', args, {
      cwd: options.cwd ?? options.gitDir,
      env: {
        ...gitEnvironment(),
        ...(options.gitDir ? { GIT_DIR: options.gitDir } : {}),
        ...options.environment,
      },
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', chunk => stdout.push(chunk));
    child.stderr.on('data', chunk => stderr.push(chunk));
    // git may end before it has read everything; its exit code says what happened.
    child.stdin.on('error', () => {});
    child.on('error', reject);
    child.on('close', code =>
      resolve({
        code: code ?? 128,
        stdout: Buffer.concat(stdout),
        stderr: Buffer.concat(stderr).toString('utf8'),
      }),
    );
    child.stdin.end(options.input ?? '');
  });
}

/** Runs git and gives its output as text; throws with what git said if it fails. */
export async function gitText(
  args: readonly string[],
  options: RunGitOptions = {},
): Promise<string> {
  const outcome = await runGit(args, options);
  if (outcome.code !== 0) {
    throw new Error(`git ${args[0]} failed: ${outcome.stderr.trim()}`);
  }
  return outcome.stdout.toString('utf8');
}
