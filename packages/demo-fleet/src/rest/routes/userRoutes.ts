import type { Router } from 'express';
import type { ForgeContext } from '../../server/ForgeContext';
import { queryOf } from '../requestInput';
import { notFound } from '../GithubError';
import { pageItems } from '../sendPage';
import {
  fullRepositoryShape,
  minimalRepositoryShape,
  repositoryShape,
} from '../shapes/repositoryShape';
import { fullUserShape } from '../shapes/userShape';
import { readableRepository, requireViewer, viewerOf } from '../viewer';

function identityOf(context: ForgeContext, anonymous: boolean, name: string) {
  const core = context.limiter.state(name, false, anonymous);
  const search = context.limiter.state(name, true, anonymous);
  const shape = ({ limit, remaining, reset, used }: typeof core) => ({
    limit,
    remaining,
    reset,
    used,
  });
  return {
    resources: {
      core: shape(core),
      search: shape(search),
      code_search: shape(search),
    },
    rate: shape(core),
  };
}

/** Accounts, rate limits and lists of repositories. */
export function userRoutes(context: ForgeContext, router: Router): void {
  router.get('/user', (_request, response) => {
    response.json(fullUserShape(context.urls, requireViewer(response)));
  });

  router.get('/users/:login', (request, response) => {
    const account = context.accounts.find(request.params.login);
    if (!account) {
      throw notFound();
    }
    response.json(fullUserShape(context.urls, account));
  });

  router.get('/rate_limit', (_request, response) => {
    response.json(
      identityOf(
        context,
        !viewerOf(response),
        response.locals.identity as string,
      ),
    );
  });

  router.get('/orgs/:org/repos', (request, response) => {
    const { org } = request.params;
    if (context.accounts.find(org)?.type !== 'Organization') {
      throw notFound();
    }
    const visible = context.repositories
      .all()
      .filter(
        repository =>
          repository.owner.toLowerCase() === org.toLowerCase() &&
          (!repository.private || viewerOf(response)),
      );
    response.json(
      pageItems(context, request, response, visible).map(repository => ({
        ...minimalRepositoryShape(context, repository),
        clone_url: context.urls.clone(repository),
        default_branch: repository.defaultBranch,
        archived: repository.archived,
        disabled: false,
        visibility: repository.private ? 'private' : 'public',
        pushed_at: repository.pushedAt,
        created_at: repository.createdAt,
        updated_at: repository.updatedAt,
      })),
    );
  });

  router.get('/user/repos', (request, response) => {
    const viewer = requireViewer(response);
    const visibility = queryOf(request, 'visibility') ?? 'all';
    const wanted = context.repositories
      .all()
      .filter(
        repository =>
          visibility === 'all' ||
          repository.private === (visibility === 'private'),
      );
    response.json(
      pageItems(context, request, response, wanted).map(repository =>
        repositoryShape(context, repository, viewer),
      ),
    );
  });

  router.get('/repos/:owner/:repo', (request, response) => {
    const repository = readableRepository(context, request, response);
    response.json(fullRepositoryShape(context, repository, viewerOf(response)));
  });
}
