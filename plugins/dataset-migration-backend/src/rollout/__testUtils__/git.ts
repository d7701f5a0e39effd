import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const ENVIRONMENT = {
  PATH: process.env.PATH ?? '',
  HOME: tmpdir(),
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'Olga Owner',
  GIT_AUTHOR_EMAIL: 'olga@example.com',
  GIT_COMMITTER_NAME: 'Olga Owner',
  GIT_COMMITTER_EMAIL: 'olga@example.com',
};

export function git(directory: string, ...args: string[]): string {
  return execFileSync('git', ['-C', directory, ...args], {
    env: ENVIRONMENT,
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
  }).trim();
}

/** A directory that goes when `cleanUp` is called. */
export function temporaryDirectory(): { path: string; cleanUp(): void } {
  const path = mkdtempSync(join(tmpdir(), 'rollout-test-'));
  return {
    path,
    cleanUp: () => rmSync(path, { recursive: true, force: true }),
  };
}

/**
 * Commits files (undefined deletes) on top of a branch of a bare repository. Nobody is told,
 * as when the repository was like this from the start.
 */
export function commitFiles(
  gitDir: string,
  branch: string,
  files: Record<string, string | undefined>,
  message = 'Work',
): string {
  const work = prepareCommit(gitDir, branch, files, message);
  try {
    git(work.path, 'push', '--quiet', 'origin', `HEAD:refs/heads/${branch}`);
    return git(work.path, 'rev-parse', 'HEAD');
  } finally {
    work.cleanUp();
  }
}

/** Like `commitFiles`, but pushes to a server, which may run in this very process. */
export async function pushFiles(
  repository: { gitDir: string; url: string },
  branch: string,
  files: Record<string, string | undefined>,
  message = 'Work',
): Promise<string> {
  const work = prepareCommit(repository.gitDir, branch, files, message);
  try {
    const ref = `HEAD:refs/heads/${branch}`;
    await promisify(execFile)(
      'git',
      ['-C', work.path, 'push', '--quiet', repository.url, ref],
      { env: ENVIRONMENT, timeout: 30_000 },
    );
    return git(work.path, 'rev-parse', 'HEAD');
  } finally {
    work.cleanUp();
  }
}

function prepareCommit(
  gitDir: string,
  branch: string,
  files: Record<string, string | undefined>,
  message: string,
) {
  const work = temporaryDirectory();
  git(work.path, 'init', '--quiet', '-b', 'work');
  git(work.path, 'remote', 'add', 'origin', gitDir);
  git(work.path, 'fetch', '--quiet', 'origin');
  if (git(gitDir, 'branch', '--list', branch)) {
    git(work.path, 'checkout', '--quiet', '-B', 'work', `origin/${branch}`);
  }
  for (const [path, content] of Object.entries(files)) {
    const file = join(work.path, path);
    if (content === undefined) {
      rmSync(file);
      continue;
    }
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  git(work.path, 'add', '-A');
  git(work.path, 'commit', '--quiet', '-m', message);
  return work;
}

/** A change as a runner reports it: a binary, full-index patch with the base blobs of its files. */
export function makePatch(
  gitDir: string,
  base: string,
  files: Record<string, string | undefined>,
): {
  patch: string;
  baseCommit: string;
  files: Array<{
    path: string;
    baseBlob: string;
    added: number;
    removed: number;
  }>;
} {
  const work = temporaryDirectory();
  try {
    git(work.path, 'clone', '--quiet', gitDir, 'w');
    const tree = join(work.path, 'w');
    git(tree, 'checkout', '--quiet', '--detach', base);
    for (const [path, content] of Object.entries(files)) {
      const file = join(tree, path);
      mkdirSync(dirname(file), { recursive: true });
      if (content === undefined) rmSync(file);
      else writeFileSync(file, content);
    }
    git(tree, 'add', '-A');
    const patch = execFileSync(
      'git',
      ['-C', tree, 'diff', '--cached', '--binary', '--full-index'],
      { env: ENVIRONMENT },
    );
    const raw = git(tree, 'diff', '--cached', '--raw', '--no-abbrev');
    return {
      patch: patch.toString('base64'),
      baseCommit: git(tree, 'rev-parse', 'HEAD'),
      files: raw
        .split('\n')
        .filter(Boolean)
        .map(line => ({
          path: line.split('\t')[1],
          baseBlob: line.split(' ')[2],
          added: 1,
          removed: 1,
        })),
    };
  } finally {
    work.cleanUp();
  }
}
