import type { Router } from 'express';
import type { ForgeContext } from '../../server/ForgeContext';
import { encodePath } from '../../server/ForgeUrls';
import type { RepositoryRecord } from '../../store/records';
import { matchesPath, parseCodeQuery, type CodeQuery } from '../parseCodeQuery';
import { queryOf } from '../requestInput';
import { pageItems } from '../sendPage';
import { validationFailed } from '../GithubError';
import { minimalRepositoryShape } from '../shapes/repositoryShape';
import { requireViewer } from '../viewer';

// GitHub shows no more results of one search.
const MOST_RESULTS = 1000;

interface Hit {
  readonly repository: RepositoryRecord;
  readonly commit: string;
  readonly path: string;
  readonly sha: string;
}

async function search(
  context: ForgeContext,
  repository: RepositoryRecord,
  query: CodeQuery,
): Promise<Hit[]> {
  const git = context.repositories.git(repository);
  const commit = await git.resolve(`refs/heads/${repository.defaultBranch}`);
  if (!commit) {
    return [];
  }
  let paths = await git.grep(commit, query.terms[0]);
  for (const term of query.terms.slice(1)) {
    const others = new Set(await git.grep(commit, term));
    paths = paths.filter(path => others.has(path));
  }
  paths = paths.filter(path => matchesPath(query, path));
  if (paths.length === 0) {
    return [];
  }
  const shas = new Map<string, string>();
  for (const entry of await git.tree(commit, { recursive: true })) {
    shas.set(entry.path, entry.sha);
  }
  return paths.map(path => ({
    repository,
    commit,
    path,
    sha: shas.get(path) ?? '',
  }));
}

/** The legacy code search, over default branches. */
export function searchRoutes(context: ForgeContext, router: Router): void {
  router.get('/search/code', async (request, response) => {
    requireViewer(response);
    const query = parseCodeQuery(queryOf(request, 'q') ?? '');
    if (query.terms.length === 0) {
      throw validationFailed({
        resource: 'Search',
        field: 'q',
        code: 'missing',
      });
    }
    const hits: Hit[] = [];
    for (const repository of context.repositories.all()) {
      const name = `${repository.owner}/${repository.name}`.toLowerCase();
      const scoped = query.repositories.length + query.owners.length > 0;
      if (
        !scoped ||
        query.repositories.includes(name) ||
        query.owners.includes(repository.owner.toLowerCase())
      ) {
        hits.push(...(await search(context, repository, query)));
      }
    }
    response.json({
      total_count: hits.length,
      incomplete_results: false,
      items: pageItems(
        context,
        request,
        response,
        hits.slice(0, MOST_RESULTS),
      ).map(hit => {
        const api = context.urls.repositoryApi(hit.repository);
        const path = encodePath(hit.path);
        return {
          name: hit.path.split('/').pop() ?? hit.path,
          path: hit.path,
          sha: hit.sha,
          url: `${api}/contents/${path}?ref=${hit.commit}`,
          git_url: `${api}/git/blobs/${hit.sha}`,
          html_url: `${context.urls.repositoryHtml(hit.repository)}/blob/${
            hit.commit
          }/${path}`,
          repository: minimalRepositoryShape(context, hit.repository),
          score: 1,
        };
      }),
    });
  });
}
