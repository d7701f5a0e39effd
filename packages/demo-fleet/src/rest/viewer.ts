import type { Request, Response } from 'express';
import type { ForgeAccount } from '../server/ForgeAccounts';
import { findPull } from '../server/findPull';
import type { ForgeContext } from '../server/ForgeContext';
import type { PullRecord, RepositoryRecord } from '../store/records';
import { GithubError, notFound } from './GithubError';

/** Who asks, set by the authentication middleware. */
export function viewerOf(response: Response): ForgeAccount | undefined {
  return response.locals.viewer as ForgeAccount | undefined;
}

/** Who asks, or 401. */
export function requireViewer(response: Response): ForgeAccount {
  const viewer = viewerOf(response);
  if (!viewer) {
    throw new GithubError(401, 'Requires authentication');
  }
  return viewer;
}

/** The repository of the path, if whoever asks may know of it. */
export function readableRepository(
  context: ForgeContext,
  request: Request,
  response: Response,
): RepositoryRecord {
  const repository = context.repositories.find(
    request.params.owner,
    request.params.repo,
  );
  if (!repository || (repository.private && !viewerOf(response))) {
    throw notFound();
  }
  return repository;
}

/** The repository of the path for a write: 401, 404, or 403 where it is archived or read-only. */
export function writableRepository(
  context: ForgeContext,
  request: Request,
  response: Response,
): { repository: RepositoryRecord; viewer: ForgeAccount } {
  const repository = readableRepository(context, request, response);
  const viewer = requireViewer(response);
  if (repository.archived) {
    throw new GithubError(403, 'Repository was archived so is read-only.');
  }
  if (repository.readOnly) {
    throw new GithubError(403, 'Must have push access to the repository.');
  }
  return { repository, viewer };
}

/** The pull request that the path names. */
export function pullOf(
  context: ForgeContext,
  request: Request,
  repository: RepositoryRecord,
): PullRecord {
  const pull = findPull(context, repository, request.params.number);
  if (!pull) {
    throw notFound();
  }
  return pull;
}
