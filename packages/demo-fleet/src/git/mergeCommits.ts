import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GitRepository } from './GitRepository';
import { gitText, runGit } from './runGit';

export type MergeMethod = 'merge' | 'squash' | 'rebase';

/** Tree of a merge without conflicts, or undefined where git finds one. */
export async function mergeTree(
  repository: GitRepository,
  base: string,
  head: string,
): Promise<string | undefined> {
  const outcome = await runGit(['merge-tree', '--write-tree', base, head], {
    gitDir: repository.gitDir,
  });
  return outcome.code === 0
    ? outcome.stdout.toString('utf8').split('\n')[0]
    : undefined;
}

async function rebase(
  repository: GitRepository,
  base: string,
  head: string,
): Promise<string | undefined> {
  const directory = await mkdtemp(join(tmpdir(), 'forge-rebase-'));
  const worktree = join(directory, 'worktree');
  try {
    await gitText(['worktree', 'add', '--detach', worktree, head], {
      gitDir: repository.gitDir,
    });
    const outcome = await runGit(['rebase', '--quiet', base], {
      cwd: worktree,
    });
    return outcome.code === 0
      ? (await gitText(['rev-parse', 'HEAD'], { cwd: worktree })).trim()
      : undefined;
  } finally {
    await rm(directory, { recursive: true, force: true });
    await runGit(['worktree', 'prune'], { gitDir: repository.gitDir });
  }
}

/** Makes the commit that a merge of `head` into `base` would leave; undefined on a conflict. No ref moves. */
export async function mergeCommits(options: {
  repository: GitRepository;
  base: string;
  head: string;
  method: MergeMethod;
  message: string;
  author: { name: string; email: string };
}): Promise<string | undefined> {
  const { repository, base, head, method } = options;
  if (method === 'rebase') {
    return rebase(repository, base, head);
  }
  const tree = await mergeTree(repository, base, head);
  if (!tree) {
    return undefined;
  }
  const parents = method === 'merge' ? ['-p', base, '-p', head] : ['-p', base];
  const sha = await gitText(['commit-tree', tree, ...parents, '-F', '-'], {
    gitDir: repository.gitDir,
    input: options.message,
    environment: {
      GIT_AUTHOR_NAME: options.author.name,
      GIT_AUTHOR_EMAIL: options.author.email,
    },
  });
  return sha.trim();
}
