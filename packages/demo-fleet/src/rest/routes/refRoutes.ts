import type { Request, Router } from 'express';
import type { GitRef } from '../../git/GitRepository';
import { isRefName, isSha, ZERO_SHA } from '../../git/refNames';
import { applyRefUpdate } from '../../server/applyRefUpdate';
import type { ForgeContext } from '../../server/ForgeContext';
import { encodePath } from '../../server/ForgeUrls';
import type { RepositoryRecord } from '../../store/records';
import { GithubError, notFound } from '../GithubError';
import { bodyOf, requiredTextOf } from '../requestInput';
import { nodeId } from '../shapes/userShape';
import { readableRepository, writableRepository } from '../viewer';

function refShape(
  context: ForgeContext,
  repository: RepositoryRecord,
  ref: GitRef,
) {
  const api = context.urls.repositoryApi(repository);
  return {
    ref: ref.name,
    node_id: nodeId('Ref', `${repository.id}:${ref.name}`),
    url: `${api}/git/${encodePath(ref.name)}`,
    object: {
      sha: ref.sha,
      type: ref.type,
      url: `${api}/git/${ref.type}s/${ref.sha}`,
    },
  };
}

function refuseProtected(
  repository: RepositoryRecord,
  ref: string,
  what: string,
): void {
  if (
    repository.protectedBranches.some(
      branch => `refs/heads/${branch.name}` === ref,
    )
  ) {
    throw new GithubError(422, what);
  }
}

function refName(request: Request): string {
  const name = `refs/${request.params.ref}`;
  if (!isRefName(name) || !/^refs\/(heads|tags)\/./.test(name)) {
    throw new GithubError(422, 'Reference does not exist');
  }
  return name;
}

/** The git refs API. */
export function refRoutes(context: ForgeContext, router: Router): void {
  const base = '/repos/:owner/:repo/git';

  router.get(`${base}/ref/:ref(.+)`, async (request, response) => {
    const repository = readableRepository(context, request, response);
    const ref = await context.repositories
      .git(repository)
      .ref(`refs/${request.params.ref}`);
    if (!ref) {
      throw notFound();
    }
    response.json(refShape(context, repository, ref));
  });

  router.get(`${base}/matching-refs/:ref(.+)`, async (request, response) => {
    const repository = readableRepository(context, request, response);
    const refs = await context.repositories
      .git(repository)
      .refs(`refs/${request.params.ref}`);
    response.json(refs.map(ref => refShape(context, repository, ref)));
  });

  router.post(`${base}/refs`, async (request, response) => {
    const { repository, viewer } = writableRepository(
      context,
      request,
      response,
    );
    const body = bodyOf(request);
    const name = requiredTextOf(body, 'ref');
    const sha = requiredTextOf(body, 'sha');
    if (!/^refs\/(heads|tags)\/./.test(name) || !isRefName(name)) {
      throw new GithubError(
        422,
        "Reference name must start with 'refs/' and have at least two slashes.",
      );
    }
    const git = context.repositories.git(repository);
    const type = isSha(sha) ? await git.objectType(sha) : undefined;
    if (!type) {
      throw new GithubError(422, 'Object does not exist');
    }
    if (!(await git.updateRef(name, sha, ZERO_SHA))) {
      throw new GithubError(422, 'Reference already exists');
    }
    await applyRefUpdate(
      context,
      repository,
      { ref: name, oldSha: ZERO_SHA, newSha: sha },
      viewer.login,
    );
    response
      .status(201)
      .json(refShape(context, repository, { name, sha, type }));
  });

  router.patch(`${base}/refs/:ref(.+)`, async (request, response) => {
    const { repository, viewer } = writableRepository(
      context,
      request,
      response,
    );
    const name = refName(request);
    const body = bodyOf(request);
    const sha = requiredTextOf(body, 'sha');
    const git = context.repositories.git(repository);
    const current = await git.ref(name);
    if (!current) {
      throw new GithubError(422, 'Reference does not exist');
    }
    const type = await git.objectType(sha);
    if (!type) {
      throw new GithubError(422, 'Object does not exist');
    }
    refuseProtected(
      repository,
      name,
      'Changes must be made through a pull request.',
    );
    if (body.force !== true && !(await git.isAncestor(current.sha, sha))) {
      throw new GithubError(422, 'Update is not a fast forward');
    }
    if (!(await git.updateRef(name, sha, current.sha))) {
      throw new GithubError(409, 'Reference cannot be updated');
    }
    await applyRefUpdate(
      context,
      repository,
      { ref: name, oldSha: current.sha, newSha: sha },
      viewer.login,
    );
    response.json(refShape(context, repository, { name, sha, type }));
  });

  router.delete(`${base}/refs/:ref(.+)`, async (request, response) => {
    const { repository, viewer } = writableRepository(
      context,
      request,
      response,
    );
    const name = refName(request);
    const git = context.repositories.git(repository);
    const current = await git.ref(name);
    if (!current) {
      throw new GithubError(422, 'Reference does not exist');
    }
    refuseProtected(repository, name, 'Cannot delete this protected branch');
    if (name === `refs/heads/${repository.defaultBranch}`) {
      throw new GithubError(422, 'Cannot delete the default branch');
    }
    if (!(await git.updateRef(name, ZERO_SHA, current.sha))) {
      throw new GithubError(409, 'Reference cannot be deleted');
    }
    await applyRefUpdate(
      context,
      repository,
      { ref: name, oldSha: current.sha, newSha: ZERO_SHA },
      viewer.login,
    );
    response.status(204).end();
  });
}
