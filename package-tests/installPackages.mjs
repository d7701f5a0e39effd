import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
} from 'node:fs';
import path from 'node:path';

/** It looks for packages from its own place, so it has to stand among the installed ones. */
const COPIED = '@backstage/backend-plugin-api';

function readManifest(directory) {
  return JSON.parse(readFileSync(path.join(directory, 'package.json'), 'utf8'));
}

/** Where Node finds a package from a directory; looks at no `exports`. */
function findPackage(name, from) {
  for (let at = from; ; at = path.dirname(at)) {
    const found = path.join(at, 'node_modules', name);
    if (existsSync(path.join(found, 'package.json'))) {
      return realpathSync(found);
    }
    if (at === path.dirname(at)) return undefined;
  }
}

function link(target, place) {
  if (existsSync(place)) return;
  mkdirSync(path.dirname(place), { recursive: true });
  symlinkSync(target, place);
}

/** Gives an installed package the dependencies it declares, and no others. */
function linkDependencies(installed, origin, own) {
  const { dependencies, peerDependencies, peerDependenciesMeta } =
    readManifest(installed);
  for (const name of Object.keys({ ...dependencies, ...peerDependencies })) {
    if (own.has(name)) continue;
    const found = findPackage(name, origin);
    if (found) link(found, path.join(installed, 'node_modules', name));
    else if (!peerDependenciesMeta?.[name]?.optional) {
      throw new Error(`${installed} needs ${name}, which is not installed`);
    }
  }
}

/**
 * Installs packed packages into an empty directory. What they depend on is linked from the
 * repository's own packages, so that neither the network nor much time is needed; each
 * package sees only what it declares.
 *
 * @param extra - names of packages that the installing project itself depends on
 */
export function installPackages(directory, packed, extra, root) {
  const modules = path.join(directory, 'node_modules');
  const own = new Set([...packed.map(({ name }) => name), COPIED]);
  for (const { name, tarball } of packed) {
    const place = path.join(modules, name);
    mkdirSync(place, { recursive: true });
    execFileSync('tar', ['-xzf', tarball, '-C', place, '--strip-components=1']);
  }
  const original = findPackage(COPIED, root);
  cpSync(original, path.join(modules, COPIED), { recursive: true });
  linkDependencies(path.join(modules, COPIED), original, own);
  for (const each of packed) {
    linkDependencies(path.join(modules, each.name), each.directory, own);
  }
  for (const name of extra) {
    const found = findPackage(name, path.join(root, 'packages/backend'));
    link(found ?? findPackage(name, root), path.join(modules, name));
  }
}
