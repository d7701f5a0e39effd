import type { Router } from 'express';
import type { ForgeContext } from '../../server/ForgeContext';
import { encodePath } from '../../server/ForgeUrls';
import type { RepositoryRecord } from '../../store/records';
import { GithubError } from '../GithubError';
import { queryOf } from '../requestInput';
import { pageItems } from '../sendPage';
import { commitShape } from '../shapes/commitShape';
import { readableRepository } from '../viewer';

function protectionShape(
  context: ForgeContext,
  repository: RepositoryRecord,
  branch: string,
) {
  const url = `${context.urls.repositoryApi(repository)}/branches/${encodePath(
    branch,
  )}/protection`;
  const protection = repository.protectedBranches.find(
    ({ name }) => name === branch,
  );
  if (!protection) {
    return { url, protection: { enabled: false } };
  }
  const checks = protection.requiredChecks;
  return {
    url,
    protection: {
      url,
      enabled: true,
      required_status_checks: {
        url: `${url}/required_status_checks`,
        enforcement_level: checks.length > 0 ? 'everyone' : 'off',
        contexts: checks,
        checks: checks.map(context_ => ({ context: context_, app_id: null })),
        contexts_url: `${url}/required_status_checks/contexts`,
      },
      required_pull_request_reviews: {
        url: `${url}/required_pull_request_reviews`,
        dismiss_stale_reviews: false,
        require_code_owner_reviews: false,
        required_approving_review_count: protection.requiredApprovals,
      },
      enforce_admins: { url: `${url}/enforce_admins`, enabled: true },
      allow_force_pushes: { enabled: false },
      allow_deletions: { enabled: false },
    },
  };
}

/** Branches and their protection. */
export function branchRoutes(context: ForgeContext, router: Router): void {
  const base = '/repos/:owner/:repo/branches';

  router.get(base, async (request, response) => {
    const repository = readableRepository(context, request, response);
    const refs = await context.repositories.git(repository).refs('refs/heads/');
    const wanted = queryOf(request, 'protected');
    const api = context.urls.repositoryApi(repository);
    const branches = refs
      .map(ref => {
        const name = ref.name.slice('refs/heads/'.length);
        return {
          name,
          commit: { sha: ref.sha, url: `${api}/commits/${ref.sha}` },
          protected: repository.protectedBranches.some(
            branch => branch.name === name,
          ),
        };
      })
      .filter(
        branch => wanted === undefined || String(branch.protected) === wanted,
      );
    response.json(pageItems(context, request, response, branches));
  });

  router.get(`${base}/:branch(.+)/protection`, (request, response) => {
    const repository = readableRepository(context, request, response);
    const { protection } = protectionShape(
      context,
      repository,
      request.params.branch,
    );
    if (!protection.enabled) {
      throw new GithubError(404, 'Branch not protected');
    }
    response.json(protection);
  });

  router.get(`${base}/:branch(.+)`, async (request, response) => {
    const repository = readableRepository(context, request, response);
    const git = context.repositories.git(repository);
    const name = request.params.branch;
    const ref = await git.ref(`refs/heads/${name}`);
    if (!ref) {
      throw new GithubError(404, 'Branch not found');
    }
    const [commit] = await git.commits({ include: ref.sha, limit: 1 });
    const { url, protection } = protectionShape(context, repository, name);
    const api = context.urls.repositoryApi(repository);
    response.json({
      name,
      commit: commitShape(context, repository, commit),
      _links: {
        self: `${api}/branches/${encodePath(name)}`,
        html: `${context.urls.repositoryHtml(repository)}/tree/${encodePath(
          name,
        )}`,
      },
      protected: protection.enabled,
      protection,
      protection_url: url,
    });
  });
}
