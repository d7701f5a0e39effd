import { Request, Response, Router } from 'express';
import { asRefusal } from './refuseUnstorable';

/** One checked request: parameters and body have the shapes of the description. */
export type ApiCall<TRequest> = TRequest & {
  request: Request;
  response: Response;
};

/**
 * Binds one generated operation. Handlers that answer by themselves (streams) return
 * undefined; everything else is sent as JSON with the operation's success status.
 */
export function route<TCall extends ApiCall<object>>(
  router: Router,
  method: string,
  url: string,
  status: number,
  handle: (call: TCall) => Promise<unknown>,
): void {
  const verb = method as 'get' | 'post' | 'put' | 'delete';
  router[verb](url, async (request, response, next) => {
    try {
      const call = {
        path: request.params,
        query: request.query,
        body: request.body,
        request,
        response,
      } as unknown as TCall;
      const result = await handle(call);
      if (result !== undefined && !response.headersSent) {
        response.status(status).json(result);
      }
    } catch (error) {
      next(asRefusal(error));
    }
  });
}
