import { execFile } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const require = createRequire(import.meta.url);
export const root = path.resolve(
  path.dirname(fileURLToPath(import.meta.url)),
  '..',
);
const cli = require.resolve('@backstage/cli/bin/backstage-cli');
const ROOT_FILES = [
  '.eslintrc.js',
  '.yarnrc.yml',
  '.yarn',
  'backstage.json',
  'package.json',
  'tsconfig.json',
  'yarn.lock',
];
const LEFT_OUT = new Set(['node_modules', 'dist', '.compiled', 'coverage']);

/** Every workspace, as `{ directory, manifest }`; what is private is not published. */
function readWorkspaces() {
  return ['packages', 'plugins'].flatMap(group =>
    readdirSync(path.join(root, group))
      .map(name => path.join(group, name))
      .filter(each => existsSync(path.join(root, each, 'package.json')))
      .map(directory => ({
        directory,
        manifest: JSON.parse(
          readFileSync(path.join(root, directory, 'package.json'), 'utf8'),
        ),
      })),
  );
}

function copyWorkspace(from, to, manifest) {
  mkdirSync(to, { recursive: true });
  const { name, version, private: isPrivate } = manifest;
  if (isPrivate) {
    // Those that depend on it ask for no more than this.
    const kept = JSON.stringify({ name, version, private: true });
    writeFileSync(path.join(to, 'package.json'), kept);
    return;
  }
  for (const file of readdirSync(from).filter(each => !LEFT_OUT.has(each))) {
    cpSync(path.join(from, file), path.join(to, file), { recursive: true });
  }
  // It undoes what packing did to the manifest, which nobody reads after this.
  const scripts = { ...manifest.scripts };
  delete scripts.postpack;
  writeFileSync(
    path.join(to, 'package.json'),
    JSON.stringify({ ...manifest, scripts }, undefined, 2),
  );
  const modules = path.join(from, 'node_modules');
  if (existsSync(modules)) symlinkSync(modules, path.join(to, 'node_modules'));
}

/**
 * A copy of the repository without what is private. Packing rewrites package.json for as
 * long as it takes, which must not happen where people and other tests work.
 */
function copyRepository(stage, workspaces) {
  const types = path.join(root, 'dist-types');
  if (!existsSync(path.join(types, 'packages'))) {
    throw new Error('There are no types to pack: run `yarn tsc` first.');
  }
  for (const file of ROOT_FILES) {
    cpSync(path.join(root, file), path.join(stage, file), { recursive: true });
  }
  for (const directory of ['dist-types', 'node_modules']) {
    symlinkSync(path.join(root, directory), path.join(stage, directory));
  }
  for (const { directory, manifest } of workspaces) {
    copyWorkspace(
      path.join(root, directory),
      path.join(stage, directory),
      manifest,
    );
  }
}

/**
 * Builds and packs every package that is published, as publishing does.
 *
 * @param stage - an empty directory
 * @returns for each package its `name`, its `tarball`, and its `directory` in the repository
 */
export async function packPackages(stage) {
  const workspaces = readWorkspaces();
  copyRepository(stage, workspaces);
  const env = { ...process.env, YARN_IGNORE_PATH: '1' };
  await run(process.execPath, [cli, 'repo', 'build'], { cwd: stage, env });

  const [release] = readdirSync(path.join(root, '.yarn/releases'));
  const yarn = path.join(root, '.yarn/releases', release);
  const packed = workspaces
    .filter(({ manifest }) => !manifest.private)
    .map(({ directory, manifest: { name } }) => ({
      name,
      directory: path.join(root, directory),
      staged: path.join(stage, directory),
      tarball: path.join(stage, `${name}.tgz`),
    }));
  const waiting = [...packed];
  const packInTurn = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      await run(process.execPath, [yarn, 'pack', '--out', next.tarball], {
        cwd: next.staged,
        env,
      });
    }
  };
  const workers = Math.min(4, os.availableParallelism());
  await Promise.all(Array.from({ length: workers }, packInTurn));
  return packed;
}
