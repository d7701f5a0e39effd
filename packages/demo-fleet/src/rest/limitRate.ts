import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { ForgeContext } from '../server/ForgeContext';
import { GithubError } from './GithubError';
import { viewerOf } from './viewer';

const PRIMARY_DOCS =
  'https://docs.github.com/rest/overview/resources-in-the-rest-api#rate-limiting';
const SECONDARY_DOCS =
  'https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits';

function showState(
  context: ForgeContext,
  response: Response,
  search: boolean,
  identity: string,
): void {
  const anonymous = !viewerOf(response);
  if (response.statusCode === 304 && !anonymous) {
    context.limiter.refund(identity, search);
  }
  const state = context.limiter.state(identity, search, anonymous);
  response.setHeader('x-ratelimit-limit', state.limit);
  response.setHeader('x-ratelimit-remaining', state.remaining);
  response.setHeader('x-ratelimit-used', state.used);
  response.setHeader('x-ratelimit-reset', state.reset);
  response.setHeader('x-ratelimit-resource', state.resource);
}

/** Counts each request against GitHub's limits and refuses what is over them, with the headers that clients read. */
export function limitRate(context: ForgeContext): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    const identity = response.locals.identity as string;
    const anonymous = !viewerOf(response);
    const search = request.path === '/search/code';
    const writeHead = response.writeHead.bind(response);
    // The status, which decides about the refund, is known only when the head is written.
    response.writeHead = ((...head: Parameters<typeof writeHead>) => {
      showState(context, response, search, identity);
      return writeHead(...head);
    }) as typeof response.writeHead;
    if (request.path === '/rate_limit') {
      next();
      return;
    }
    const refusal = context.limiter.enter(identity, {
      method: request.method,
      search,
      anonymous,
    });
    response.once('close', () => context.limiter.leave(identity));
    if (!refusal) {
      next();
      return;
    }
    context.log.write('limit', {
      actor: viewerOf(response)?.login,
      method: request.method,
      path: request.path,
      limit: refusal.kind,
      reason: refusal.reason,
      retryAfter: refusal.retryAfter,
    });
    if (refusal.kind === 'primary') {
      throw new GithubError(
        403,
        `API rate limit exceeded for ${identity.replace(':', ' ')}.`,
        undefined,
        PRIMARY_DOCS,
      );
    }
    response.setHeader('retry-after', refusal.retryAfter);
    throw new GithubError(
      403,
      'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
      undefined,
      SECONDARY_DOCS,
    );
  };
}
