import type { Request, Response, Router } from 'express';
import { changePull } from '../../server/changePull';
import type { ForgeContext } from '../../server/ForgeContext';
import { mergePull } from '../../server/mergePull';
import { openPull } from '../../server/openPull';
import { pullDetails } from '../../server/pullDetails';
import type { PullRecord, RepositoryRecord } from '../../store/records';
import { timestamp } from '../../store/timestamp';
import { GithubError, validationFailed } from '../GithubError';
import { bodyOf, queryOf, requiredTextOf, textOf } from '../requestInput';
import { pageItems } from '../sendPage';
import { commitShape, diffEntryShape } from '../shapes/commitShape';
import { pullShape, simplePullShape } from '../shapes/pullShape';
import { pullOf, readableRepository, writableRepository } from '../viewer';

function listed(
  context: ForgeContext,
  repository: RepositoryRecord,
  request: Request,
): PullRecord[] {
  const state = queryOf(request, 'state') ?? 'open';
  const head = queryOf(request, 'head');
  const base = queryOf(request, 'base');
  const pulls = context.store.all('pull').filter(
    pull =>
      pull.repositoryId === repository.id &&
      (state === 'all' || pull.state === state) &&
      (!head ||
        head.toLowerCase() ===
          `${repository.owner}:${pull.headRef}`.toLowerCase() ||
        // GitHub ignores a head without an owner.
        !head.includes(':')) &&
      (!base || pull.baseRef === base),
  );
  const key =
    queryOf(request, 'sort') === 'updated' ? 'updatedAt' : 'createdAt';
  pulls.sort((a, b) => a[key].localeCompare(b[key]) || a.number - b.number);
  return queryOf(request, 'direction') === 'asc' ? pulls : pulls.reverse();
}

async function sendPull(
  context: ForgeContext,
  repository: RepositoryRecord,
  pull: PullRecord,
  response: Response,
): Promise<void> {
  response.json(
    pullShape(
      context,
      repository,
      pull,
      await pullDetails(context, repository, pull),
    ),
  );
}

async function updatePull(
  context: ForgeContext,
  request: Request,
  response: Response,
): Promise<void> {
  const { repository, viewer } = writableRepository(context, request, response);
  const pull = pullOf(context, request, repository);
  const body = bodyOf(request);
  const state = textOf(body, 'state');
  const title = textOf(body, 'title');
  const base = textOf(body, 'base');
  const git = context.repositories.git(repository);
  const invalid = (field: string) =>
    validationFailed({ resource: 'PullRequest', field, code: 'invalid' });
  if (state !== undefined && state !== 'open' && state !== 'closed') {
    throw invalid('state');
  }
  const baseSha = base && (await git.resolve(`refs/heads/${base}`));
  if (base !== undefined && !baseSha) {
    throw invalid('base');
  }
  const headSha = await git.resolve(`refs/heads/${pull.headRef}`);
  if (state === 'open' && pull.state === 'closed') {
    if (pull.mergedAt || !headSha) {
      throw new GithubError(422, 'Validation Failed', [
        {
          resource: 'PullRequest',
          field: 'state',
          code: 'invalid',
          message:
            'state cannot be changed. The pull request cannot be reopened.',
        },
      ]);
    }
  }
  const changed = state !== undefined && state !== pull.state;
  const edited = body.title !== undefined || body.body !== undefined || base;
  const action = changed && state === 'open' ? 'reopened' : undefined;
  const updated = await changePull({
    context,
    repository,
    actor: viewer.login,
    pull,
    change: {
      ...(title === undefined ? {} : { title }),
      ...(body.body === undefined ? {} : { body: textOf(body, 'body') }),
      ...(baseSha ? { baseRef: base, baseSha } : {}),
      ...(changed && state === 'closed'
        ? { state, closedAt: timestamp() }
        : {}),
      ...(changed && state === 'open'
        ? { state, closedAt: undefined, headSha }
        : {}),
    },
    action:
      changed && state === 'closed'
        ? 'closed'
        : action ?? (edited ? 'edited' : undefined),
  });
  await sendPull(context, repository, updated, response);
}

async function merge(
  context: ForgeContext,
  request: Request,
  response: Response,
): Promise<void> {
  const { repository, viewer } = writableRepository(context, request, response);
  const pull = pullOf(context, request, repository);
  const body = bodyOf(request);
  const method = textOf(body, 'merge_method') ?? 'merge';
  if (method !== 'merge' && method !== 'squash' && method !== 'rebase') {
    throw validationFailed({
      resource: 'PullRequest',
      field: 'merge_method',
      code: 'invalid',
    });
  }
  const merged = await mergePull({
    context,
    repository,
    pull,
    actor: viewer.login,
    method,
    expectedSha: textOf(body, 'sha'),
    title: textOf(body, 'commit_title'),
    message: textOf(body, 'commit_message'),
  });
  response.json({
    sha: merged.mergeCommitSha,
    merged: true,
    message: 'Pull Request successfully merged',
  });
}

/** Pull requests. */
export function pullRoutes(context: ForgeContext, router: Router): void {
  const base = '/repos/:owner/:repo/pulls';

  router.get(base, (request, response) => {
    const repository = readableRepository(context, request, response);
    const pulls = listed(context, repository, request);
    response.json(
      pageItems(context, request, response, pulls).map(pull =>
        simplePullShape(context, repository, pull),
      ),
    );
  });

  router.post(base, async (request, response) => {
    const { repository, viewer } = writableRepository(
      context,
      request,
      response,
    );
    const body = bodyOf(request);
    const pull = await openPull({
      context,
      repository,
      actor: viewer.login,
      title: requiredTextOf(body, 'title'),
      body: textOf(body, 'body'),
      head: requiredTextOf(body, 'head'),
      base: requiredTextOf(body, 'base'),
      draft: body.draft === true,
      maintainerCanModify: body.maintainer_can_modify === true,
    });
    response.status(201);
    await sendPull(context, repository, pull, response);
  });

  router.get(`${base}/:number(\\d+)`, async (request, response) => {
    const repository = readableRepository(context, request, response);
    const pull = pullOf(context, request, repository);
    if (/\.diff\b/.test(request.get('accept') ?? '')) {
      const git = context.repositories.git(repository);
      const from = await git.mergeBase(pull.baseSha, pull.headSha);
      response
        .type('application/vnd.github.diff')
        .send(await git.patch(from ?? pull.baseSha, pull.headSha));
      return;
    }
    await sendPull(context, repository, pull, response);
  });

  router.patch(`${base}/:number(\\d+)`, (request, response) =>
    updatePull(context, request, response),
  );

  router.get(`${base}/:number(\\d+)/files`, async (request, response) => {
    const repository = readableRepository(context, request, response);
    const pull = pullOf(context, request, repository);
    const git = context.repositories.git(repository);
    const from = await git.mergeBase(pull.baseSha, pull.headSha);
    const changes = await git.changes(from ?? pull.baseSha, pull.headSha);
    response.json(
      pageItems(context, request, response, changes).map(change =>
        diffEntryShape(context, repository, pull.headSha, change),
      ),
    );
  });

  router.get(`${base}/:number(\\d+)/commits`, async (request, response) => {
    const repository = readableRepository(context, request, response);
    const pull = pullOf(context, request, repository);
    const commits = await context.repositories.git(repository).commits({
      include: pull.headSha,
      exclude: pull.baseSha,
      // GitHub lists no more of one pull request.
      limit: 250,
    });
    response.json(
      pageItems(context, request, response, commits.reverse()).map(commit =>
        commitShape(context, repository, commit),
      ),
    );
  });

  router.get(`${base}/:number(\\d+)/merge`, (request, response) => {
    const repository = readableRepository(context, request, response);
    const pull = pullOf(context, request, repository);
    if (!pull.mergedAt) {
      throw new GithubError(404, 'Not Found');
    }
    response.status(204).end();
  });

  router.put(`${base}/:number(\\d+)/merge`, (request, response) =>
    merge(context, request, response),
  );
}
