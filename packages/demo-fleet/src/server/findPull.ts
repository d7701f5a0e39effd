import type { PullRecord, RepositoryRecord } from '../store/records';
import type { ForgeContext } from './ForgeContext';

/** The pull request of a repository with the number that a path gives, if there is one. */
export function findPull(
  context: ForgeContext,
  repository: RepositoryRecord,
  number: string,
): PullRecord | undefined {
  return context.store
    .all('pull')
    .find(
      pull =>
        pull.repositoryId === repository.id && pull.number === Number(number),
    );
}
