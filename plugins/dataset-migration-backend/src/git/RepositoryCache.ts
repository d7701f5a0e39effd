import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { GitRemote } from './gitEnvironment';
import { GitError } from './GitError';
import { GitProcess } from './GitProcess';
import { LocalRepository } from './LocalRepository';

/** Knows how to reach a repository. */
export interface RemoteResolver {
  /** @param repository - `host/owner/name` */
  gitRemote(repository: string): Promise<GitRemote>;
}

export interface RepositoryCacheOptions {
  git: GitProcess;
  remotes: RemoteResolver;
  /** Belongs to this process alone. */
  directory: string;
  /** Over this many bytes the longest unused go; 5 GiB by default. */
  maxBytes?: number;
  /** Repositories not used for this many milliseconds go; a week by default. */
  maxAgeMs?: number;
}

/** What a process that was killed leaves behind, or what a full disk breaks. */
const BROKEN_CACHE =
  /\.lock'?: File exists|bad object|corrupt|missing (blob|tree|commit)|shallow file has changed|not a git repository|invalid sha1 pointer/i;

/**
 * A bare repository per consumer repository, with single commits instead of histories.
 * Everything in it can be fetched again, so whatever looks broken is deleted.
 */
export class RepositoryCache {
  readonly #git: GitProcess;
  readonly #remotes: RemoteResolver;
  readonly #directory: string;
  readonly #maxBytes: number;
  readonly #maxAgeMs: number;
  readonly #locks = new Map<string, Promise<unknown>>();

  constructor(options: RepositoryCacheOptions) {
    this.#git = options.git;
    this.#remotes = options.remotes;
    this.#directory = join(options.directory, 'repositories');
    this.#maxBytes = options.maxBytes ?? 5 * 1024 ** 3;
    this.#maxAgeMs = options.maxAgeMs ?? 7 * 24 * 3600_000;
  }

  /**
   * Does something with the cached repository while nobody else does. The work may be done
   * twice, from the start, when the cached copy turns out to be broken.
   *
   * @param repository - `host/owner/name`
   */
  async use<T>(
    repository: string,
    signal: AbortSignal,
    work: (local: LocalRepository) => Promise<T>,
  ): Promise<T> {
    const gitDir = join(this.#directory, directoryName(repository));
    return this.#locked(gitDir, async () => {
      signal.throwIfAborted();
      const remote = await this.#remotes.gitRemote(repository);
      const attempt = async () => {
        await this.#prepare(gitDir);
        return work(
          new LocalRepository({ git: this.#git, gitDir, remote, signal }),
        );
      };
      try {
        return await attempt();
      } catch (error) {
        if (!(error instanceof GitError) || !BROKEN_CACHE.test(error.stderr)) {
          throw error;
        }
        await rm(gitDir, { recursive: true, force: true });
        return attempt();
      }
    });
  }

  /** Deletes what was not used for long, then the longest unused until the rest fits. */
  async evict(now = Date.now()): Promise<number> {
    if (!existsSync(this.#directory)) return 0;
    const found = [];
    for (const name of await readdir(this.#directory)) {
      const path = join(this.#directory, name);
      const { mtimeMs } = await stat(path);
      found.push({ path, usedAt: mtimeMs, bytes: await sizeOf(path) });
    }
    found.sort((a, b) => a.usedAt - b.usedAt);
    let total = found.reduce((sum, each) => sum + each.bytes, 0);
    let evicted = 0;
    for (const { path, usedAt, bytes } of found) {
      if (total <= this.#maxBytes && now - usedAt <= this.#maxAgeMs) continue;
      if (this.#locks.has(path)) continue;
      await this.#locked(path, () =>
        rm(path, { recursive: true, force: true }),
      );
      total -= bytes;
      evicted += 1;
    }
    return evicted;
  }

  async #prepare(gitDir: string): Promise<void> {
    if (!existsSync(join(gitDir, 'HEAD'))) {
      await mkdir(gitDir, { recursive: true });
      await this.#git.run(['init', '--bare', '--quiet', '--template=', gitDir]);
    }
    const now = new Date();
    await utimes(gitDir, now, now);
  }

  async #locked<T>(path: string, work: () => Promise<T>): Promise<T> {
    const before = this.#locks.get(path) ?? Promise.resolve();
    const mine = before.then(work, work);
    const settled = mine.then(
      () => undefined,
      () => undefined,
    );
    this.#locks.set(path, settled);
    try {
      return await mine;
    } finally {
      if (this.#locks.get(path) === settled) this.#locks.delete(path);
    }
  }
}

/** Names of repositories are hostile as names of directories. */
function directoryName(repository: string): string {
  const hash = createHash('sha256').update(repository.toLowerCase());
  return `${hash.digest('hex').slice(0, 40)}.git`;
}

async function sizeOf(path: string): Promise<number> {
  let bytes = 0;
  for (const entry of await readdir(path, { withFileTypes: true })) {
    const child = join(path, entry.name);
    bytes += entry.isDirectory()
      ? await sizeOf(child)
      : (await stat(child)).size;
  }
  return bytes;
}
