import { mkdtemp, rm, writeFile, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Octokit } from '@octokit/rest';
import { GithubContract } from '../contract/GithubContract';
import { gitText, runGit, type GitOutcome } from '../git/runGit';
import type { Forge } from '../server/Forge';
import type {
  CreateRepositoryOptions,
  ForgeOptions,
} from '../server/ForgeOptions';
import { startForge } from '../server/startForge';

/** A forge in a temporary directory, with people, and helpers that act as they would. */
export interface ForgeFixture {
  readonly forge: Forge;
  readonly directory: string;
  readonly contract: GithubContract;
  as(login: string | undefined): Octokit;
  git(cwd: string, ...args: string[]): Promise<string>;
  tryGit(cwd: string, ...args: string[]): Promise<GitOutcome>;
  /** `http://x-access-token:TOKEN@…/{owner}/{name}.git` */
  cloneUrl(name: string, login?: string): string;
  /** Creates a repository with one commit of these files on its default branch. */
  seed(
    options: CreateRepositoryOptions,
    files?: Record<string, string>,
  ): Promise<string>;
  /** Pushes a branch with these files changed, from a fresh clone; returns the clone. */
  branch(
    name: string,
    branch: string,
    files: Record<string, string>,
    options?: { from?: string },
  ): Promise<string>;
  close(): Promise<void>;
}

let loaded: GithubContract | undefined;

/** Starts a forge for a test. The contract is shared by the tests of a file, because loading it takes a second. */
export async function forgeFixture(
  options: Partial<ForgeOptions> = {},
): Promise<ForgeFixture> {
  loaded = loaded ?? GithubContract.load();
  const contract = loaded;
  const directory = await mkdtemp(join(tmpdir(), 'forge-test-'));
  const forge = await startForge({
    rootDir: join(directory, 'forge'),
    users: [
      { login: 'bot', token: 'bot-token' },
      { login: 'alice', token: 'alice-token' },
      { login: 'root', token: 'root-token', admin: true },
    ],
    teams: ['sales-data'],
    restMiddleware: contract.middleware(),
    ...options,
  });
  const people = {
    GIT_AUTHOR_NAME: 'bot',
    GIT_AUTHOR_EMAIL: 'bot@example.com',
    GIT_COMMITTER_NAME: 'bot',
    GIT_COMMITTER_EMAIL: 'bot@example.com',
  };
  const git = (cwd: string, ...args: string[]) =>
    gitText(args, { cwd, environment: people });
  const write = async (cwd: string, files: Record<string, string>) => {
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(cwd, path)), { recursive: true });
      await writeFile(join(cwd, path), content);
    }
    await git(cwd, 'add', '-A');
    await git(cwd, 'commit', '-q', '-m', `Change ${Object.keys(files)[0]}`);
  };
  let clones = 0;
  const cloneUrl = (name: string, login = 'bot') =>
    `http://x-access-token:${login}-token@${forge.host}/demo/${name}.git`;
  return {
    forge,
    directory,
    contract,
    git,
    cloneUrl,
    tryGit: (cwd, ...args) => runGit(args, { cwd, environment: people }),
    as: login =>
      new Octokit({
        baseUrl: forge.apiBaseUrl,
        auth: login ? `${login}-token` : undefined,
        log: { debug() {}, info() {}, warn() {}, error() {} },
      }),
    seed: async (request, files = { 'README.md': '# Hello\n' }) => {
      const { gitDir } = await forge.createRepository(request);
      const work = join(directory, `seed-${request.name}`);
      await git(
        directory,
        'init',
        '-q',
        '-b',
        request.defaultBranch ?? 'main',
        work,
      );
      await write(work, files);
      await git(work, 'push', '-q', gitDir, 'HEAD');
      return (await git(work, 'rev-parse', 'HEAD')).trim();
    },
    branch: async (name, branch, files, from = {}) => {
      clones += 1;
      const work = join(directory, `clone-${clones}`);
      await git(directory, 'clone', '-q', cloneUrl(name), work);
      await git(work, 'checkout', '-q', '-b', branch, from.from ?? 'HEAD');
      await write(work, files);
      await git(work, 'push', '-q', 'origin', `HEAD:refs/heads/${branch}`);
      return work;
    },
    close: async () => {
      await forge.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
