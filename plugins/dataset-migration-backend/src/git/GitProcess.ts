import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import limitConcurrency from 'p-limit';
import { gitEnvironment, GitRemote, redact } from './gitEnvironment';
import { GitError } from './GitError';

export interface GitProcessOptions {
  /** Git processes at once; 4 by default. */
  concurrency?: number;
  /** Milliseconds that one process may take; two minutes by default. */
  timeoutMs?: number;
  /** Remotes that are directories of this machine: only in tests. */
  allowFileProtocol?: boolean;
}

export interface GitRunOptions {
  gitDir?: string;
  remote?: GitRemote;
  input?: Buffer | string;
  environment?: Record<string, string>;
  signal?: AbortSignal;
  timeoutMs?: number;
  /** Bytes of standard output that are kept; more is an error. 64 MiB by default. */
  maxOutputBytes?: number;
  /** Standard output goes to this new file instead. */
  outputFile?: string;
}

const MAX_STDERR = 64 * 1024;

/**
 * The git program with a clean environment: no configuration but ours, no hooks, no prompts,
 * no secrets in arguments, a bounded number of processes and an end to each of them.
 */
export class GitProcess {
  readonly #limit: ReturnType<typeof limitConcurrency>;
  readonly #timeoutMs: number;
  readonly #allowFileProtocol: boolean;
  readonly #home: string;

  constructor(options: GitProcessOptions = {}) {
    this.#limit = limitConcurrency(options.concurrency ?? 4);
    this.#timeoutMs = options.timeoutMs ?? 120_000;
    this.#allowFileProtocol = options.allowFileProtocol ?? false;
    this.#home = mkdtempSync(join(tmpdir(), 'dataset-migration-home-'));
  }

  /** @throws GitError, or the reason of the signal. */
  async run(args: string[], options: GitRunOptions = {}): Promise<Buffer> {
    return this.#limit(() => {
      options.signal?.throwIfAborted();
      return this.#execute(args, options);
    });
  }

  /** Like `run`, with the output as text without its last line break. */
  async text(args: string[], options: GitRunOptions = {}): Promise<string> {
    return (await this.run(args, options)).toString('utf8').replace(/\n$/, '');
  }

  async #execute(args: string[], options: GitRunOptions): Promise<Buffer> {
    const file = options.outputFile
      ? await open(options.outputFile, 'wx')
      : undefined;
    try {
      return await this.#spawn(args, options, file?.fd);
    } finally {
      await file?.close();
    }
  }

  #spawn(
    args: string[],
    options: GitRunOptions,
    outputFd: number | undefined,
  ): Promise<Buffer> {
    const { remote, signal } = options;
    return new Promise((resolve, reject) => {
      const child = spawn('git', args, {
        env: {
          ...gitEnvironment({
            home: this.#home,
            remote,
            allowFileProtocol: this.#allowFileProtocol,
          }),
          ...(options.gitDir && { GIT_DIR: options.gitDir }),
          ...options.environment,
        },
        cwd: options.gitDir ?? this.#home,
        stdio: ['pipe', outputFd ?? 'pipe', 'pipe'],
        // Its own group: git starts helpers, which have to end with it.
        detached: true,
      });
      const chunks: Buffer[] = [];
      const errors: Buffer[] = [];
      let [outputBytes, errorBytes] = [0, 0];
      let stopped: unknown;

      const stop = (why: unknown) => {
        if (stopped) return;
        stopped = why;
        try {
          if (child.pid) process.kill(-child.pid, 'SIGKILL');
        } catch {
          child.kill('SIGKILL');
        }
      };
      const fail = (message: string) =>
        stop(new GitError(args[0], undefined, message));
      const onAbort = () => stop(signal?.reason ?? new Error('Aborted'));
      const timeoutMs = options.timeoutMs ?? this.#timeoutMs;
      const timer = setTimeout(
        () => fail(`ended after ${Math.round(timeoutMs / 1000)} s`),
        timeoutMs,
      );
      signal?.addEventListener('abort', onAbort, { once: true });

      child.stdout?.on('data', (chunk: Buffer) => {
        outputBytes += chunk.length;
        if (outputBytes > (options.maxOutputBytes ?? 64 * 1024 * 1024)) {
          fail('wrote more than is allowed');
        } else {
          chunks.push(chunk);
        }
      });
      child.stderr?.on('data', (chunk: Buffer) => {
        errorBytes += chunk.length;
        if (errorBytes <= MAX_STDERR) errors.push(chunk);
      });
      // A process that ends early closes its input; its exit code says why.
      child.stdin?.on('error', () => {});
      child.stdin?.end(options.input ?? '');
      child.on('error', error => {
        stopped ??= new GitError(args[0], undefined, error.message);
        finish(undefined);
      });
      child.on('close', code => finish(code ?? undefined));

      function finish(code: number | undefined) {
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
        if (stopped) {
          reject(stopped);
        } else if (code === 0) {
          resolve(Buffer.concat(chunks));
        } else {
          const said = Buffer.concat(errors).toString('utf8');
          reject(new GitError(args[0], code, redact(said, remote)));
        }
      }
    });
  }
}
