import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { gitEnvironment } from './gitEnvironment';
import { COMMIT_FORMAT, parseCommits, type GitCommit } from './parseCommits';
import { parseDiff, type GitFileChange } from './parseDiff';
import { isRefName, isSha, ZERO_SHA } from './refNames';
import { gitText, runGit } from './runGit';

/** One entry of a tree. */
export interface GitTreeEntry {
  readonly mode: string;
  readonly type: 'blob' | 'tree' | 'commit';
  readonly sha: string;
  /** Bytes; absent for trees. */
  readonly size?: number;
  readonly path: string;
}

export interface GitRef {
  readonly name: string;
  readonly sha: string;
  readonly type: string;
}

const NUL = '\0';

/** Reads and writes of one bare repository, through git itself. */
export class GitRepository {
  constructor(readonly gitDir: string) {}

  /** Commit of a branch, a tag, a full ref or a sha (at least 7 digits); undefined if there is none. */
  async resolve(ref: string): Promise<string | undefined> {
    if (!isRefName(ref)) {
      return undefined;
    }
    const candidates = ref.startsWith('refs/')
      ? [ref]
      : [`refs/heads/${ref}`, `refs/tags/${ref}`, `refs/${ref}`];
    if (/^[0-9a-f]{7,40}$/.test(ref)) {
      candidates.push(ref);
    }
    if (ref === 'HEAD') {
      candidates.unshift(ref);
    }
    for (const candidate of candidates) {
      const outcome = await runGit(
        ['rev-parse', '--verify', '--quiet', `${candidate}^{commit}`],
        { gitDir: this.gitDir },
      );
      if (outcome.code === 0) {
        return outcome.stdout.toString('utf8').trim();
      }
    }
    return undefined;
  }

  /** Refs under a prefix such as `refs/heads/`, or whose full name starts with it. */
  async refs(prefix: string): Promise<GitRef[]> {
    const text = await gitText(
      [
        'for-each-ref',
        '--format=%(refname)%00%(objectname)%00%(objecttype)',
        'refs/',
      ],
      { gitDir: this.gitDir },
    );
    const refs: GitRef[] = [];
    for (const line of text.split('\n')) {
      const [name, sha, type] = line.split(NUL);
      if (name && name.startsWith(prefix)) {
        refs.push({ name, sha, type });
      }
    }
    return refs;
  }

  async ref(name: string): Promise<GitRef | undefined> {
    return (await this.refs(name)).find(ref => ref.name === name);
  }

  /** Moves a ref if it still is where the caller saw it; false if somebody was faster. */
  async updateRef(
    name: string,
    newSha: string,
    oldSha: string,
  ): Promise<boolean> {
    const outcome = await runGit(
      newSha === ZERO_SHA
        ? ['update-ref', '-d', name, oldSha]
        : ['update-ref', name, newSha, oldSha],
      { gitDir: this.gitDir },
    );
    return outcome.code === 0;
  }

  /** Commits reachable from `include` and not from `exclude`, newest first. */
  async commits(options: {
    include: string;
    exclude?: string;
    path?: string;
    skip?: number;
    limit?: number;
  }): Promise<GitCommit[]> {
    const args = ['log', '-z', `--format=${COMMIT_FORMAT}`];
    if (options.limit !== undefined) {
      args.push(`--max-count=${options.limit}`);
    }
    if (options.skip) {
      args.push(`--skip=${options.skip}`);
    }
    args.push(options.include);
    if (options.exclude) {
      args.push(`^${options.exclude}`);
    }
    args.push('--', ...(options.path ? [options.path] : []));
    return parseCommits(await gitText(args, { gitDir: this.gitDir }));
  }

  async countCommits(include: string, exclude?: string): Promise<number> {
    const args = ['rev-list', '--count', include];
    if (exclude) {
      args.push(`^${exclude}`);
    }
    return Number(await gitText(args, { gitDir: this.gitDir }));
  }

  async mergeBase(left: string, right: string): Promise<string | undefined> {
    const outcome = await runGit(['merge-base', left, right], {
      gitDir: this.gitDir,
    });
    return outcome.stdout.toString('utf8').trim() || undefined;
  }

  async isAncestor(ancestor: string, descendant: string): Promise<boolean> {
    const outcome = await runGit(
      ['merge-base', '--is-ancestor', ancestor, descendant],
      { gitDir: this.gitDir },
    );
    return outcome.code === 0;
  }

  /** Type of an object, or undefined if the repository does not have it. */
  async objectType(sha: string): Promise<string | undefined> {
    if (!isSha(sha)) {
      return undefined;
    }
    const outcome = await runGit(['cat-file', '-t', sha], {
      gitDir: this.gitDir,
    });
    return outcome.code === 0
      ? outcome.stdout.toString('utf8').trim()
      : undefined;
  }

  async tree(
    treeish: string,
    options: { path?: string; recursive?: boolean } = {},
  ): Promise<GitTreeEntry[]> {
    const args = ['ls-tree', '-z', '-l', '--full-tree'];
    if (options.recursive) {
      args.push('-r', '-t');
    }
    args.push(treeish);
    if (options.path) {
      args.push('--', options.path);
    }
    const entries: GitTreeEntry[] = [];
    const text = await gitText(args, { gitDir: this.gitDir });
    for (const line of text.split(NUL)) {
      const match = /^(\d+) (\w+) ([0-9a-f]+) +(-|\d+)\t([\s\S]+)$/.exec(line);
      if (match) {
        entries.push({
          mode: match[1],
          type: match[2] as GitTreeEntry['type'],
          sha: match[3],
          size: match[4] === '-' ? undefined : Number(match[4]),
          path: match[5],
        });
      }
    }
    return entries;
  }

  async treeOf(commit: string): Promise<string> {
    return (
      await gitText(['rev-parse', '--verify', `${commit}^{tree}`], {
        gitDir: this.gitDir,
      })
    ).trim();
  }

  async blob(sha: string): Promise<Buffer> {
    const outcome = await runGit(['cat-file', 'blob', sha], {
      gitDir: this.gitDir,
    });
    if (outcome.code !== 0) {
      throw new Error(`No blob ${sha}: ${outcome.stderr.trim()}`);
    }
    return outcome.stdout;
  }

  /** Sha of the tree without entries, the parent of a first commit. */
  async emptyTree(): Promise<string> {
    return (
      await gitText(['hash-object', '-w', '-t', 'tree', '--stdin'], {
        gitDir: this.gitDir,
      })
    ).trim();
  }

  /** Changes between two trees, with patches; renames are recognised. */
  async changes(from: string, to: string): Promise<GitFileChange[]> {
    const outputs: string[] = [];
    for (const format of ['--raw', '--numstat']) {
      outputs.push(
        await gitText(
          [
            'diff',
            format,
            '-z',
            '-M',
            '--no-abbrev',
            '--no-ext-diff',
            from,
            to,
          ],
          { gitDir: this.gitDir },
        ),
      );
    }
    return parseDiff(outputs[0], outputs[1], await this.patch(from, to));
  }

  async patch(from: string, to: string): Promise<string> {
    return gitText(
      ['diff', '-M', '--full-index', '--no-color', '--no-ext-diff', from, to],
      { gitDir: this.gitDir },
    );
  }

  /** Paths of text files that contain the words, ignoring case. */
  async grep(commit: string, words: string): Promise<string[]> {
    const outcome = await runGit(
      ['grep', '-I', '-i', '-l', '-z', '-F', '-e', words, commit],
      { gitDir: this.gitDir },
    );
    const paths: string[] = [];
    for (const line of outcome.stdout.toString('utf8').split(NUL)) {
      if (line) {
        paths.push(line.slice(commit.length + 1));
      }
    }
    return paths;
  }

  /** A gzipped tar of a commit, every path under `prefix/`. */
  archive(commit: string, prefix: string): Readable {
    const child = spawn(
      'git',
      ['archive', '--format=tar.gz', `--prefix=${prefix}/`, commit],
      { cwd: this.gitDir, env: { ...gitEnvironment(), GIT_DIR: this.gitDir } },
    );
    child.stdin.end();
    child.stderr.resume();
    child.on('error', error => child.stdout.destroy(error));
    return child.stdout;
  }
}
