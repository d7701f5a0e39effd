import { execFile } from 'child_process';
import { readdir } from 'fs/promises';
import { join } from 'path';
import { promisify } from 'util';

const run = promisify(execFile);

/** Never a consumer's own code. */
const NEVER = new Set(['.git', '.hg', '.svn', 'node_modules']);
/** Made by tools; where git tells what is ignored, git decides. */
const GENERATED = new Set([
  '__pycache__',
  '.venv',
  '.tox',
  'dbt_packages',
  'dbt_modules',
]);
/** Build output stands in `target` beside one of these. */
const BUILDS_TARGET = /^(?:dbt_project\.ya?ml|build\.sbt|pom\.xml)$/i;
const MAX_LIST_BYTES = 256 * 1024 * 1024;

/**
 * Nothing that a repository configures is run, and git asks no one: a checkout can be
 * hostile even on the machine of the person who looks at it.
 */
const GIT_OPTIONS = [
  '-c',
  'core.fsmonitor=false',
  '-c',
  'core.hooksPath=/dev/null',
  '-c',
  'protocol.allow=never',
];

/**
 * Paths of all files of a directory, relative with `/`, as bytes. In a git work tree
 * those that git does not ignore, elsewhere all but what tools make.
 */
export async function listPaths(root: string): Promise<Buffer[]> {
  const listed = (await listWithGit(root)) ?? (await walk(root));
  return listed
    .filter(
      path =>
        !path
          .toString('utf8')
          .split('/')
          .some(step => NEVER.has(step.toLowerCase())),
    )
    .sort(Buffer.compare);
}

async function listWithGit(root: string): Promise<Buffer[] | undefined> {
  try {
    const { stdout } = await run(
      'git',
      [
        ...GIT_OPTIONS,
        'ls-files',
        '-z',
        '--cached',
        '--others',
        '--exclude-standard',
        '--deduplicate',
      ],
      {
        cwd: root,
        encoding: 'buffer',
        maxBuffer: MAX_LIST_BYTES,
        env: {
          PATH: process.env.PATH,
          HOME: process.env.HOME,
          LC_ALL: 'C',
          GIT_OPTIONAL_LOCKS: '0',
          GIT_NO_LAZY_FETCH: '1',
          GIT_TERMINAL_PROMPT: '0',
        },
      },
    );
    const paths: Buffer[] = [];
    let start = 0;
    for (
      let end = stdout.indexOf(0);
      end >= 0;
      end = stdout.indexOf(0, start)
    ) {
      paths.push(stdout.subarray(start, end));
      start = end + 1;
    }
    // A directory that is all ignored, or is no part of the work tree around it.
    return paths.length > 0 ? paths : undefined;
  } catch {
    return undefined;
  }
}

async function walk(root: string): Promise<Buffer[]> {
  const paths: Buffer[] = [];
  const open: Buffer[] = [Buffer.alloc(0)];
  for (const directory of open) {
    const entries = await readdir(
      directory.length > 0
        ? Buffer.concat([Buffer.from(join(root, '/')), directory])
        : root,
      { withFileTypes: true, encoding: 'buffer' },
    );
    const builds = entries.some(({ name }) => BUILDS_TARGET.test(`${name}`));
    for (const entry of entries) {
      const name = `${entry.name}`;
      const path = Buffer.concat([
        directory,
        Buffer.from(directory.length > 0 ? '/' : ''),
        entry.name,
      ]);
      if (!entry.isDirectory()) {
        paths.push(path);
      } else if (
        !NEVER.has(name.toLowerCase()) &&
        !GENERATED.has(name) &&
        !(builds && name === 'target')
      ) {
        open.push(path);
      }
    }
  }
  return paths;
}
