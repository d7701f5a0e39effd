import type { Request, Router } from 'express';
import { changePull } from '../../server/changePull';
import type { ForgeContext } from '../../server/ForgeContext';
import type { PullRecord } from '../../store/records';
import { timestamp } from '../../store/timestamp';
import { GithubError } from '../GithubError';
import { requiredTextOf, bodyOf } from '../requestInput';
import { pageItems } from '../sendPage';
import { labelShape } from '../shapes/labelShape';
import { commentShape } from '../shapes/reviewShape';
import { pullOf, readableRepository, writableRepository } from '../viewer';

function labelsIn(request: Request): string[] {
  const body: unknown = request.body;
  const list: unknown = Array.isArray(body) ? body : bodyOf(request).labels;
  const names: string[] = [];
  for (const item of Array.isArray(list) ? list : []) {
    const name: unknown =
      typeof item === 'object' && item !== null && 'name' in item
        ? item.name
        : item;
    if (typeof name !== 'string' || name.length === 0) {
      throw new GithubError(422, 'Validation Failed', [
        { resource: 'Label', field: 'name', code: 'invalid' },
      ]);
    }
    names.push(name);
  }
  return names;
}

/** Labels and comments; every issue of the forge is a pull request. */
export function issueRoutes(context: ForgeContext, router: Router): void {
  const base = '/repos/:owner/:repo/issues/:number(\\d+)';

  router.get(`${base}/labels`, (request, response) => {
    const repository = readableRepository(context, request, response);
    const pull = pullOf(context, request, repository);
    response.json(
      pageItems(context, request, response, pull.labels).map(name =>
        labelShape(context, repository, name),
      ),
    );
  });

  const changeLabels = (
    method: 'post' | 'put',
    change: (pull: PullRecord, names: string[]) => string[],
  ) =>
    router[method](`${base}/labels`, async (request, response) => {
      const { repository, viewer } = writableRepository(
        context,
        request,
        response,
      );
      const pull = pullOf(context, request, repository);
      const updated = await changePull({
        context,
        repository,
        actor: viewer.login,
        action: 'labeled',
        pull,
        change: { labels: change(pull, labelsIn(request)) },
      });
      response.json(
        updated.labels.map(name => labelShape(context, repository, name)),
      );
    });
  changeLabels('post', (pull, names) => [
    ...new Set([...pull.labels, ...names]),
  ]);
  changeLabels('put', (_pull, names) => [...new Set(names)]);

  router.get(`${base}/comments`, (request, response) => {
    const repository = readableRepository(context, request, response);
    const pull = pullOf(context, request, repository);
    const comments = context.store
      .all('comment')
      .filter(comment => comment.pullId === pull.id);
    response.json(
      pageItems(context, request, response, comments).map(comment =>
        commentShape(context, repository, pull, comment),
      ),
    );
  });

  router.post(`${base}/comments`, (request, response) => {
    const { repository, viewer } = writableRepository(
      context,
      request,
      response,
    );
    const pull = pullOf(context, request, repository);
    const body = requiredTextOf(bodyOf(request), 'body');
    if (!body.trim()) {
      throw new GithubError(422, 'Validation Failed', [
        {
          resource: 'IssueComment',
          field: 'body',
          code: 'missing_field',
        },
      ]);
    }
    const now = timestamp();
    const comment = context.store.put('comment', {
      id: context.store.nextId(),
      pullId: pull.id,
      user: viewer.login,
      body,
      createdAt: now,
      updatedAt: now,
    });
    response.status(201).json(commentShape(context, repository, pull, comment));
  });
}
