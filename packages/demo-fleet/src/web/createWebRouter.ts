import type { NextFunction, Request, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import type { ForgeContext } from '../server/ForgeContext';
import type { RepositoryRecord } from '../store/records';
import { codePages } from './codePages';
import { html } from './html';
import { page, repositoryPath } from './page';
import { pullActions } from './pullActions';
import { pullPages } from './pullPages';
import { WebNotFound } from './repositoryOf';

function listPage(
  context: ForgeContext,
  title: string,
  repositories: readonly RepositoryRecord[],
): string {
  const open = new Map<number, number>();
  for (const pull of context.store.all('pull')) {
    if (pull.state === 'open') {
      open.set(pull.repositoryId, (open.get(pull.repositoryId) ?? 0) + 1);
    }
  }
  return page(
    context,
    title,
    html`<h1>${title}</h1>
      <div class="box">
        ${repositories.map(
          repository => html`<div class="row">
            <a href="${repositoryPath(repository)}"
              ><strong>${repository.owner}/${repository.name}</strong></a
            >
            ${repository.archived && html`<span class="label">Archived</span>`}
            ${repository.private && html`<span class="label">Private</span>`}
            <span class="soft">${repository.description}</span>
            <a class="end" href="${repositoryPath(repository)}/pulls"
              >${open.get(repository.id) ?? 0} open</a
            >
          </div>`,
        )}
        ${repositories.length === 0 &&
        html`<div class="row soft">No repositories.</div>`}
      </div>`,
  );
}

/** The web view: server-rendered, without scripts. */
export function createWebRouter(context: ForgeContext): Router {
  const router = PromiseRouter();
  router.use((_request: Request, response: Response, next: NextFunction) => {
    response.setHeader(
      'Content-Security-Policy',
      "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    );
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Referrer-Policy', 'same-origin');
    next();
  });
  router.get('/', (_request, response) => {
    response.send(
      listPage(context, 'Repositories', context.repositories.all()),
    );
  });
  router.get('/favicon.ico', (_request, response) => {
    response.status(204).end();
  });
  router.get('/:owner', (request, response) => {
    const account = context.accounts.find(request.params.owner);
    if (!account) {
      throw new WebNotFound();
    }
    response.send(
      listPage(
        context,
        account.login,
        context.repositories
          .all()
          .filter(repository => repository.owner === account.login),
      ),
    );
  });
  codePages(context, router);
  pullPages(context, router);
  pullActions(context, router);
  router.use(() => {
    throw new WebNotFound();
  });
  router.use(
    (
      error: Error,
      _request: Request,
      response: Response,
      next: NextFunction,
    ) => {
      if (!(error instanceof WebNotFound)) {
        next(error);
        return;
      }
      response.status(404).send(
        page(
          context,
          'Not found',
          html`<h1>404</h1>
            <p>This is not the page you are looking for.</p>`,
        ),
      );
    },
  );
  return router;
}
