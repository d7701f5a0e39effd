import express, {
  type Express,
  type NextFunction,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';
import { createGitHandler } from '../git/createGitHandler';
import { createRestRouter } from '../rest/createRestRouter';
import { createWebRouter } from '../web/createWebRouter';
import { viewerOf } from '../rest/viewer';
import { createDemoRouter } from './createDemoRouter';
import { createFilesRouter } from './createFilesRouter';
import type { ForgeContext } from './ForgeContext';

/** Puts the surfaces of the forge together: REST, git, raw files, log and web view. */
export function createForgeApp(
  context: ForgeContext,
  restMiddleware?: RequestHandler,
): Express {
  const app = express();
  app.disable('x-powered-by');
  // GitHub's entity tags are weak; clients compare them as opaque text.
  app.set('etag', 'weak');
  app.set('query parser', 'simple');
  app.use((request: Request, response: Response, next: NextFunction) => {
    const started = Date.now();
    const [path] = request.originalUrl.split('?');
    response.once('close', () => {
      if (path.startsWith('/api/v3/')) {
        context.log.write('request', {
          actor: viewerOf(response)?.login,
          method: request.method,
          path: path.slice('/api/v3'.length),
          status: response.statusCode,
          ms: Date.now() - started,
        });
      }
    });
    next();
  });
  if (restMiddleware) {
    app.use('/api/v3', restMiddleware);
  }
  app.use('/api/v3', createRestRouter(context));
  app.use('/_demo', createDemoRouter(context));
  app.use(createGitHandler(context));
  app.use(createFilesRouter(context));
  app.use(createWebRouter(context));
  app.use(
    (
      error: unknown,
      _request: Request,
      response: Response,
      // Express knows an error handler by its four parameters.
      _next: NextFunction,
    ) => {
      context.log.write('error', {
        message: error instanceof Error ? error.stack : String(error),
      });
      if (response.headersSent) {
        response.destroy();
      } else {
        response.status(500).type('text/plain').send('Server error\n');
      }
    },
  );
  return app;
}
