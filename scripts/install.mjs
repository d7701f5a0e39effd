/**
 * Installs what is missing, with the pinned Yarn, so that `npm start` and `npm test` work
 * on a machine with only Node, git and, where no prebuilt binary can be had, a C++ toolchain.
 * Does nothing when the installed packages match yarn.lock.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const yarn = path.join(root, '.yarn/releases/yarn-4.13.0.cjs');
const stamp = path.join(root, 'node_modules/.dataset-migration-install');

function fail(message) {
  console.error(`\n${message}\n`);
  process.exit(1);
}

function works(command, args = ['--version']) {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

const [major, minor] = process.versions.node.split('.').map(Number);
const isKnown = (major === 20 && minor >= 19) || (major === 22 && minor >= 12);
if (!isKnown && major < 24) {
  fail(
    `Node ${process.versions.node} is not supported: install Node 20.19, 22.12 or 24, or newer ones of these (https://nodejs.org).`,
  );
}
if (!works('git')) {
  fail(
    'git is missing. Debian: apt-get install git. macOS: xcode-select --install.',
  );
}

const digest = createHash('sha256')
  .update(readFileSync(path.join(root, 'yarn.lock')))
  .update(readFileSync(path.join(root, 'package.json')))
  .update(process.versions.modules)
  .digest('hex');
if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) {
  process.exit(0);
}

/** The module version that the headers of a prefix are of; undefined without headers. */
function headersOf(prefix) {
  const file = path.join(prefix, 'include/node/node_version.h');
  return existsSync(file)
    ? /#define NODE_MODULE_VERSION (\d+)/.exec(readFileSync(file, 'utf8'))?.[1]
    : undefined;
}

// node-gyp needs the headers of this very Node: those of another version build an addon
// that crashes. Where the right ones are installed it must not download them.
const env = { ...process.env };
const prefix = path.resolve(path.dirname(process.execPath), '..');
const nodedir = [env.npm_config_nodedir, prefix, '/usr', '/usr/local'].find(
  each => each && headersOf(each) === process.versions.modules,
);
if (nodedir) env.npm_config_nodedir = nodedir;
else delete env.npm_config_nodedir;

console.log(
  'Installing packages (about 1.6 GB, 2 to 5 minutes the first time)…',
);
const install = spawnSync(process.execPath, [yarn, 'install', '--immutable'], {
  cwd: root,
  env,
  stdio: 'inherit',
});
if (install.status !== 0) {
  fail('Packages could not be installed; the lines above say why.');
}
try {
  execFileSync(
    process.execPath,
    ['-e', "const D=require('better-sqlite3');new D(':memory:').close()"],
    { cwd: path.join(root, 'packages/backend'), stdio: 'pipe' },
  );
} catch (error) {
  const missing = ['python3', 'make', 'g++'].filter(each => !works(each));
  fail(
    `better-sqlite3 was not built${
      missing.length ? `, because ${missing.join(', ')} is missing` : ''
    }.\nDebian: apt-get install python3 make g++. macOS: xcode-select --install.\nThen: node ${path.relative(
      process.cwd(),
      yarn,
    )} rebuild better-sqlite3\n${String(error.stderr ?? error)}`,
  );
}
mkdirSync(path.dirname(stamp), { recursive: true });
writeFileSync(stamp, digest);
