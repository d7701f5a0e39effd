import type { Router } from 'express';
import { emitEvent } from '../../server/emitEvent';
import type { ForgeContext } from '../../server/ForgeContext';
import { timestamp } from '../../store/timestamp';
import { validationFailed } from '../GithubError';
import { bodyOf, textOf, textsOf } from '../requestInput';
import { pageItems } from '../sendPage';
import { hookShape } from '../shapes/checkShape';
import { writableRepository } from '../viewer';

/** Webhooks of a repository. */
export function hookRoutes(context: ForgeContext, router: Router): void {
  const base = '/repos/:owner/:repo/hooks';

  router.get(base, (request, response) => {
    const { repository } = writableRepository(context, request, response);
    const hooks = context.store
      .all('hook')
      .filter(hook => hook.repositoryId === repository.id);
    response.json(
      pageItems(context, request, response, hooks).map(hook =>
        hookShape(context, repository, hook),
      ),
    );
  });

  router.post(base, (request, response) => {
    const { repository, viewer } = writableRepository(
      context,
      request,
      response,
    );
    const body = bodyOf(request);
    const config = (body.config ?? {}) as Record<string, unknown>;
    const url = textOf(config, 'url');
    if (!url || !/^https?:\/\//.test(url)) {
      throw validationFailed({
        resource: 'Hook',
        field: 'url',
        code: url ? 'invalid' : 'missing_field',
      });
    }
    const taken = context.store
      .all('hook')
      .some(hook => hook.repositoryId === repository.id && hook.url === url);
    if (taken) {
      throw validationFailed({
        resource: 'Hook',
        code: 'custom',
        message: 'Hook already exists on this repository',
      });
    }
    const hook = context.store.put('hook', {
      id: context.store.nextId(),
      repositoryId: repository.id,
      url,
      secret: textOf(config, 'secret'),
      contentType: textOf(config, 'content_type') ?? 'form',
      events: textsOf(body, 'events') ?? ['push'],
      active: body.active !== false,
      createdAt: timestamp(),
    });
    const shape = hookShape(context, repository, hook);
    context.log.write('hook', {
      actor: viewer.login,
      repository: `${repository.owner}/${repository.name}`,
      url,
      events: hook.events,
    });
    emitEvent(context, repository, viewer.login, 'ping', {
      zen: 'Keep it logically awesome.',
      hook_id: hook.id,
      hook: shape,
    });
    response.status(201).json(shape);
  });
}
