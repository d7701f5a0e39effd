import type { Forge, ForgeRepository } from '../server';
import { catalogRepository, LOCATIONS_PATH } from './catalogRepository';
import { fastImportStream } from './fastImportStream';
import type { FleetRepository } from './FleetRepository';
import { git } from './git';
import { readFleet } from './readFleet';

/** What {@link seedFleet} needs of a forge. */
export type SeedableForge = Pick<Forge, 'baseUrl' | 'createRepository'>;

export interface SeedFleetOptions {
  /** Owner of the repositories; `demo` by default. */
  organization?: string;
  /** Puts every branch back to the committed history and removes all others. */
  reset?: boolean;
}

/** Names of what was written and of what was there already. */
export interface SeededFleet {
  written: string[];
  kept: string[];
}

async function branchesOf(repository: ForgeRepository): Promise<string[]> {
  const output = await git(repository.gitDir, [
    'for-each-ref',
    '--format=%(refname)',
  ]);
  return output.split('\n').filter(Boolean);
}

async function isCurrent(
  repository: ForgeRepository,
  content: FleetRepository,
): Promise<boolean> {
  if (content.commits.length === 0) {
    return true;
  }
  if (!(await branchesOf(repository)).includes('refs/heads/main')) {
    return false;
  }
  if (content.name !== 'catalog') {
    return true;
  }
  // The list of locations names the forge's own URL, which changes with its port.
  const stored = await git(repository.gitDir, [
    'show',
    `main:${LOCATIONS_PATH}`,
  ]);
  return (
    stored === content.commits[0].files.get(LOCATIONS_PATH)?.toString('utf8')
  );
}

async function write(
  repository: ForgeRepository,
  content: FleetRepository,
): Promise<void> {
  for (const ref of await branchesOf(repository)) {
    await git(repository.gitDir, ['update-ref', '-d', ref]);
  }
  if (content.commits.length > 0) {
    await git(
      repository.gitDir,
      ['fast-import', '--quiet', '--done', '--force'],
      fastImportStream(content),
    );
  }
}

/**
 * Fills a forge with the demo fleet. Repositories that have a `main` branch already are left as they
 * are, so that a demo that was stopped goes on where it was.
 */
export async function seedFleet(
  forge: SeedableForge,
  options: SeedFleetOptions = {},
): Promise<SeededFleet> {
  const owner = options.organization ?? 'demo';
  const fleet = await readFleet();
  const contents = [
    ...fleet,
    await catalogRepository(fleet, forge.baseUrl, owner),
  ];
  const seeded: SeededFleet = { written: [], kept: [] };
  for (const content of contents) {
    const repository = await forge.createRepository({
      owner,
      name: content.name,
      description: content.description,
      archived: content.archived,
      protectedBranches: ['main'],
    });
    if (!options.reset && (await isCurrent(repository, content))) {
      seeded.kept.push(content.name);
    } else {
      await write(repository, content);
      seeded.written.push(content.name);
    }
  }
  return seeded;
}
