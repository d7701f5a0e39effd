import type { Request, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { pipeline } from 'node:stream/promises';
import type { RepositoryRecord } from '../store/records';
import { findAtRef } from './findAtRef';
import type { ForgeContext } from './ForgeContext';

function allowed(
  context: ForgeContext,
  request: Request,
): RepositoryRecord | undefined {
  const repository = context.repositories.find(
    request.params.owner,
    request.params.repo,
  );
  const result = context.accounts.authenticate(request.get('authorization'));
  const readable =
    repository && (!repository.private || result.kind === 'account');
  return readable && result.kind !== 'invalid' ? repository : undefined;
}

/** Raw files (`raw.githubusercontent.com`) and archives (`codeload.github.com`). */
export function createFilesRouter(context: ForgeContext): Router {
  const router = PromiseRouter();

  const raw = async (request: Request, response: Response) => {
    const repository = allowed(context, request);
    const found =
      repository && (await findAtRef(context, repository, request.params.rest));
    if (!repository || found?.entry?.type !== 'blob') {
      response.status(404).type('text/plain').send('404: Not Found');
      return;
    }
    // Never as HTML: the files belong to strangers.
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader(
      'Content-Security-Policy',
      "default-src 'none'; sandbox",
    );
    response
      .type('text/plain')
      .send(await context.repositories.git(repository).blob(found.entry.sha));
  };
  router.get('/raw/:owner/:repo/:rest(.+)', raw);
  router.get('/:owner/:repo/raw/:rest(.+)', raw);

  router.get(
    '/_codeload/:owner/:repo/legacy.tar.gz/:sha',
    async (request, response) => {
      const repository = allowed(context, request);
      const git = repository && context.repositories.git(repository);
      const sha = await git?.resolve(request.params.sha);
      if (!repository || !git || !sha) {
        response.status(404).type('text/plain').send('404: Not Found');
        return;
      }
      const name = `${repository.owner}-${repository.name}-${sha.slice(0, 7)}`;
      response.type('application/x-gzip');
      response.attachment(`${name}.tar.gz`);
      await pipeline(git.archive(sha, name), response);
    },
  );

  return router;
}
