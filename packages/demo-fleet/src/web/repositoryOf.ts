import type { Request } from 'express';
import type { ForgeContext } from '../server/ForgeContext';
import type { RepositoryRecord } from '../store/records';

/** Nothing is there; the router answers with a page that says so. */
export class WebNotFound extends Error {}

/** The repository of the path. The view belongs to the demo's reviewer, who sees private ones too. */
export function repositoryOf(
  context: ForgeContext,
  request: Request,
): RepositoryRecord {
  const repository = context.repositories.find(
    request.params.owner,
    request.params.repo,
  );
  if (!repository) {
    throw new WebNotFound();
  }
  return repository;
}
