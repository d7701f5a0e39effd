import { GitRemote } from './gitEnvironment';
import { GitError } from './GitError';
import { GitProcess, GitRunOptions } from './GitProcess';

/** A branch and the commit that it points to. */
export interface BranchTip {
  branch: string;
  commit: string;
}

const COMMIT_ID = /^[0-9a-f]{40}([0-9a-f]{24})?$/;

/** One bare repository in the cache, for as long as its lock is held. */
export class LocalRepository {
  readonly gitDir: string;
  readonly #git: GitProcess;
  readonly #remote: GitRemote;
  readonly #signal: AbortSignal;

  constructor(options: {
    git: GitProcess;
    gitDir: string;
    remote: GitRemote;
    signal: AbortSignal;
  }) {
    this.gitDir = options.gitDir;
    this.#git = options.git;
    this.#remote = options.remote;
    this.#signal = options.signal;
  }

  run(args: string[], options: GitRunOptions = {}): Promise<Buffer> {
    return this.#git.run(args, {
      gitDir: this.gitDir,
      signal: this.#signal,
      ...options,
    });
  }

  async text(args: string[], options: GitRunOptions = {}): Promise<string> {
    return (await this.run(args, options)).toString('utf8').replace(/\n$/, '');
  }

  /** Where the forge's HEAD points; undefined for a repository without commits. */
  async defaultBranch(): Promise<BranchTip | undefined> {
    return headOf(await this.#lookAt('HEAD'));
  }

  /** The commit a branch points to on the forge now; undefined where there is none. */
  async remoteBranch(branch: string): Promise<string | undefined> {
    return tipOf(await this.#lookAt(`refs/heads/${branch}`), branch);
  }

  /** Both in one look: each one is a way to the forge and back. */
  async defaultAndRemoteBranch(
    branch: string,
  ): Promise<{ head: BranchTip | undefined; tip: string | undefined }> {
    const output = await this.#lookAt('HEAD', `refs/heads/${branch}`);
    return { head: headOf(output), tip: tipOf(output, branch) };
  }

  #lookAt(...refs: string[]): Promise<string> {
    return this.text(
      ['ls-remote', '--symref', '--', this.#remote.url, ...refs],
      { remote: this.#remote },
    );
  }

  /** Brings a commit with its trees and blobs, and `depth - 1` generations before it. */
  async fetchCommit(commit: string, depth = 1): Promise<void> {
    if (!COMMIT_ID.test(commit)) {
      throw new GitError('fetch', undefined, `${commit} is not a commit id`);
    }
    if (depth === 1 && (await this.#isComplete(commit))) return;
    await this.run(
      [
        'fetch',
        '--quiet',
        `--depth=${depth}`,
        '--no-tags',
        '--no-write-fetch-head',
        '--no-auto-maintenance',
        '--',
        this.#remote.url,
        // The ref keeps it; deleting the directory is the only way commits leave the cache.
        `+${commit}:refs/kept/${commit}`,
      ],
      { remote: this.#remote },
    );
  }

  /** Ids of the parents, as the commit itself names them. */
  async parents(commit: string): Promise<string[]> {
    const header = (await this.text(['cat-file', 'commit', commit])).split(
      '\n\n',
    )[0];
    return [...header.matchAll(/^parent ([0-9a-f]+)$/gm)].map(
      match => match[1],
    );
  }

  async isCommit(commit: string): Promise<boolean> {
    try {
      await this.run(['cat-file', '-e', `${commit}^{commit}`]);
      return true;
    } catch (error) {
      this.#signal.throwIfAborted();
      if (error instanceof GitError) return false;
      throw error;
    }
  }

  /**
   * Moves a branch of the forge to `commit`, or deletes it, only while it still points to
   * `expected`; an absent `expected` means that the branch must not exist.
   */
  async push(
    branch: string,
    commit: string | undefined,
    expected: string | undefined,
  ): Promise<void> {
    const ref = `refs/heads/${branch}`;
    await this.run(
      [
        'push',
        '--porcelain',
        '--no-verify',
        `--force-with-lease=${ref}:${expected ?? ''}`,
        '--',
        this.#remote.url,
        `${commit ?? ''}:${ref}`,
      ],
      { remote: this.#remote },
    );
  }

  /** A kept ref is written only after all objects of a fetch arrived. */
  async #isComplete(commit: string): Promise<boolean> {
    try {
      await this.run([
        'show-ref',
        '--verify',
        '--quiet',
        `refs/kept/${commit}`,
      ]);
      return true;
    } catch (error) {
      this.#signal.throwIfAborted();
      if (error instanceof GitError) return false;
      throw error;
    }
  }
}

function headOf(output: string): BranchTip | undefined {
  const branch = /^ref: refs\/heads\/(\S+)\tHEAD$/m.exec(output)?.[1];
  const commit = /^([0-9a-f]{40,64})\tHEAD$/m.exec(output)?.[1];
  return branch && commit ? { branch, commit } : undefined;
}

/** A pattern of `ls-remote` matches the ends of names: only the whole one counts. */
function tipOf(output: string, branch: string): string | undefined {
  const line = output
    .split('\n')
    .find(each => each.endsWith(`\trefs/heads/${branch}`));
  const commit = line?.split('\t')[0];
  return commit && COMMIT_ID.test(commit) ? commit : undefined;
}
