import type { Response, Router } from 'express';
import type { ForgeContext } from '../../server/ForgeContext';
import type { RepositoryRecord } from '../../store/records';
import { GithubError, notFound } from '../GithubError';
import { queryOf } from '../requestInput';
import { linkPages, pageOf, pageItems } from '../sendPage';
import { commitShape, diffEntryShape } from '../shapes/commitShape';
import { simplePullShape } from '../shapes/pullShape';
import { readableRepository } from '../viewer';
import type { Request } from 'express';

// GitHub shows no more files of one commit or comparison.
const MOST_FILES = 300;

async function resolved(
  context: ForgeContext,
  repository: RepositoryRecord,
  ref: string,
): Promise<string> {
  const git = context.repositories.git(repository);
  const sha = await git.resolve(ref);
  if (sha) {
    return sha;
  }
  if ((await git.refs('refs/heads/')).length === 0) {
    throw new GithubError(409, 'Git Repository is empty.');
  }
  throw new GithubError(422, `No commit found for SHA: ${ref}`);
}

async function sendCommit(
  context: ForgeContext,
  request: Request,
  response: Response,
): Promise<void> {
  const repository = readableRepository(context, request, response);
  const git = context.repositories.git(repository);
  const sha = await resolved(context, repository, request.params.ref);
  const accept = request.get('accept') ?? '';
  if (/\.sha\b/.test(accept)) {
    response.type('application/vnd.github.sha').send(sha);
    return;
  }
  const [commit] = await git.commits({ include: sha, limit: 1 });
  const parent = commit.parents[0] ?? (await git.emptyTree());
  if (/\.diff\b/.test(accept)) {
    response
      .type('application/vnd.github.diff')
      .send(await git.patch(parent, sha));
    return;
  }
  const changes = await git.changes(parent, sha);
  const additions = changes.reduce((sum, file) => sum + file.additions, 0);
  const deletions = changes.reduce((sum, file) => sum + file.deletions, 0);
  response.json({
    ...commitShape(context, repository, commit),
    stats: { additions, deletions, total: additions + deletions },
    files: changes
      .slice(0, MOST_FILES)
      .map(change => diffEntryShape(context, repository, sha, change)),
  });
}

/** Commits, their pull requests and comparisons. Mount after the routes of checks, whose paths are longer. */
export function commitRoutes(context: ForgeContext, router: Router): void {
  const base = '/repos/:owner/:repo';

  router.get(`${base}/commits`, async (request, response) => {
    const repository = readableRepository(context, request, response);
    const git = context.repositories.git(repository);
    const ref = queryOf(request, 'sha') ?? repository.defaultBranch;
    const sha = await git.resolve(ref);
    if (!sha) {
      if ((await git.refs('refs/heads/')).length === 0) {
        throw new GithubError(409, 'Git Repository is empty.');
      }
      throw notFound();
    }
    const { page, size } = pageOf(request);
    const path = queryOf(request, 'path');
    const commits = await git.commits({
      include: sha,
      path,
      skip: (page - 1) * size,
      limit: size + 1,
    });
    linkPages(
      context,
      request,
      response,
      path ? (page - 1) * size + commits.length : await git.countCommits(sha),
    );
    response.json(
      commits
        .slice(0, size)
        .map(commit => commitShape(context, repository, commit)),
    );
  });

  router.get(`${base}/commits/:sha/pulls`, async (request, response) => {
    const repository = readableRepository(context, request, response);
    const sha = await resolved(context, repository, request.params.sha);
    const pulls = context.store
      .all('pull')
      .filter(
        pull =>
          pull.repositoryId === repository.id &&
          (pull.headSha === sha || pull.mergeCommitSha === sha),
      );
    response.json(
      pageItems(context, request, response, pulls).map(pull =>
        simplePullShape(context, repository, pull),
      ),
    );
  });

  router.get(`${base}/commits/:ref(.+)`, (request, response) =>
    sendCommit(context, request, response),
  );

  router.get(`${base}/compare/:basehead(.+)`, async (request, response) => {
    const repository = readableRepository(context, request, response);
    const git = context.repositories.git(repository);
    const [baseName, headName] = request.params.basehead
      .split('...')
      .map(side => side.replace(/^[^:]+:/, ''));
    const from = baseName && (await git.resolve(baseName));
    const to = headName && (await git.resolve(headName));
    if (!from || !to) {
      throw notFound();
    }
    const mergeBase = await git.mergeBase(from, to);
    if (!mergeBase) {
      throw new GithubError(
        404,
        `No common ancestor between ${baseName} and ${headName}.`,
      );
    }
    if (/\.diff\b/.test(request.get('accept') ?? '')) {
      response
        .type('application/vnd.github.diff')
        .send(await git.patch(mergeBase, to));
      return;
    }
    const ahead = await git.commits({ include: to, exclude: from });
    const behind = await git.countCommits(from, to);
    const [baseCommit] = await git.commits({ include: from, limit: 1 });
    const [common] = await git.commits({ include: mergeBase, limit: 1 });
    const changes = await git.changes(mergeBase, to);
    const api = context.urls.repositoryApi(repository);
    const html = `${context.urls.repositoryHtml(repository)}/compare/${
      request.params.basehead
    }`;
    const oneSided = ahead.length > 0 ? 'ahead' : 'behind';
    const equal = ahead.length === 0 && behind === 0;
    response.json({
      url: `${api}/compare/${request.params.basehead}`,
      html_url: html,
      permalink_url: `${context.urls.repositoryHtml(
        repository,
      )}/compare/${from}...${to}`,
      diff_url: `${html}.diff`,
      patch_url: `${html}.patch`,
      base_commit: commitShape(context, repository, baseCommit),
      merge_base_commit: commitShape(context, repository, common),
      status:
        ahead.length > 0 && behind > 0
          ? 'diverged'
          : (equal && 'identical') || oneSided,
      ahead_by: ahead.length,
      behind_by: behind,
      total_commits: ahead.length,
      commits: ahead
        .reverse()
        .slice(0, 250)
        .map(commit => commitShape(context, repository, commit)),
      files: changes
        .slice(0, MOST_FILES)
        .map(change => diffEntryShape(context, repository, to, change)),
    });
  });
}
