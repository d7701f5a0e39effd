import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { ForgeContext } from '../server/ForgeContext';
import { GithubError } from './GithubError';

/** Sets `locals.viewer` and `locals.identity`; 401 for a token that nobody has, also where none is needed. */
export function authenticate(context: ForgeContext): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    const result = context.accounts.authenticate(request.get('authorization'));
    if (result.kind === 'invalid') {
      throw new GithubError(401, 'Bad credentials');
    }
    if (result.kind === 'account') {
      response.locals.viewer = result.account;
      response.locals.identity = `account:${result.account.login}`;
    } else {
      response.locals.identity = `address:${request.ip}`;
    }
    next();
  };
}
