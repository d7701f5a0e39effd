import { json, type NextFunction, type Request, type Response } from 'express';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import type { ForgeContext } from '../server/ForgeContext';
import { authenticate } from './authenticate';
import { GithubError, notFound } from './GithubError';
import { limitRate } from './limitRate';
import { branchRoutes } from './routes/branchRoutes';
import { checkRoutes } from './routes/checkRoutes';
import { commitRoutes } from './routes/commitRoutes';
import { contentRoutes } from './routes/contentRoutes';
import { hookRoutes } from './routes/hookRoutes';
import { issueRoutes } from './routes/issueRoutes';
import { pullRoutes } from './routes/pullRoutes';
import { refRoutes } from './routes/refRoutes';
import { reviewRoutes } from './routes/reviewRoutes';
import { searchRoutes } from './routes/searchRoutes';
import { userRoutes } from './routes/userRoutes';

function toGithubError(context: ForgeContext, error: unknown): GithubError {
  if (error instanceof GithubError) {
    return error;
  }
  const status = (error as { status?: unknown } | undefined)?.status;
  if (status === 400 || status === 413) {
    return new GithubError(status, 'Problems parsing JSON');
  }
  context.log.write('error', {
    message: error instanceof Error ? error.stack : String(error),
  });
  return new GithubError(500, 'Server Error');
}

/** The REST API, to be mounted at `/api/v3`. */
export function createRestRouter(context: ForgeContext): Router {
  const router = PromiseRouter();
  router.use((request: Request, response: Response, next: NextFunction) => {
    // Some clients send `no-cache` with every conditional request; GitHub answers 304 all the same.
    delete request.headers['cache-control'];
    response.setHeader('x-github-media-type', 'github.v3; format=json');
    response.setHeader('x-github-api-version-selected', '2022-11-28');
    response.setHeader('cache-control', 'private, max-age=60, s-maxage=60');
    response.setHeader('vary', 'Accept, Authorization');
    next();
  });
  router.use(authenticate(context));
  router.use(limitRate(context));
  router.use(json({ limit: '10mb', strict: false, type: () => true }));
  userRoutes(context, router);
  branchRoutes(context, router);
  refRoutes(context, router);
  contentRoutes(context, router);
  checkRoutes(context, router);
  commitRoutes(context, router);
  reviewRoutes(context, router);
  pullRoutes(context, router);
  issueRoutes(context, router);
  hookRoutes(context, router);
  searchRoutes(context, router);
  router.use(() => {
    throw notFound();
  });
  router.use(
    (
      error: unknown,
      _request: Request,
      response: Response,
      // Express knows an error handler by its four parameters.
      _next: NextFunction,
    ) => {
      const answer = toGithubError(context, error);
      if (response.headersSent) {
        response.destroy();
        return;
      }
      response.status(answer.status).json(answer.body());
    },
  );
  return router;
}
