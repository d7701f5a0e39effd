import type { GitTreeEntry } from '../git/GitRepository';
import type { RepositoryRecord } from '../store/records';
import type { ForgeContext } from './ForgeContext';

/** A place in a repository that an address names. */
export interface PlaceAtRef {
  readonly ref: string;
  readonly commit: string;
  /** Empty for the root. */
  readonly path: string;
  /** Absent for the root. */
  readonly entry?: GitTreeEntry;
}

/**
 * Splits `{ref}/{path}`, where the ref itself may contain slashes: the shortest ref that exists wins,
 * which is the only one git allows for branches. Undefined where there is none or no such path.
 */
export async function findAtRef(
  context: ForgeContext,
  repository: RepositoryRecord,
  address: string,
): Promise<PlaceAtRef | undefined> {
  const git = context.repositories.git(repository);
  const parts = address.split('/').filter(Boolean);
  if (parts.some(part => part === '.' || part === '..')) {
    return undefined;
  }
  for (let length = 1; length <= parts.length; length += 1) {
    const ref = parts.slice(0, length).join('/');
    const commit = await git.resolve(ref);
    if (commit) {
      const path = parts.slice(length).join('/');
      if (!path) {
        return { ref, commit, path };
      }
      const [entry] = await git.tree(commit, { path });
      return entry ? { ref, commit, path, entry } : undefined;
    }
  }
  return undefined;
}
