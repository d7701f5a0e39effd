import { Router } from 'express';
import { queryOf } from '../rest/requestInput';
import type { ForgeContext } from './ForgeContext';

/** What GitHub does not have: the log for checkers, and drawn avatars. Holds no secrets. */
export function createDemoRouter(context: ForgeContext): Router {
  const router = Router();

  router.get('/log', (request, response) => {
    const kind = queryOf(request, 'kind');
    const after = Number(queryOf(request, 'after') ?? 0);
    response.json({
      entries: context.log
        .entries()
        .filter(
          entry => entry.sequence > after && (!kind || entry.kind === kind),
        ),
    });
  });

  router.get('/health', (_request, response) => {
    response.json({ status: 'ok' });
  });

  router.get('/avatar/:login', (request, response) => {
    let hue = 0;
    for (const character of request.params.login) {
      hue = (hue * 31 + character.charCodeAt(0)) % 360;
    }
    response
      .type('image/svg+xml')
      .send(
        `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><rect width="8" height="8" fill="hsl(${hue},55%,45%)"/><circle cx="4" cy="3.2" r="1.6" fill="#fff"/><path d="M1.2 8a2.8 2.8 0 0 1 5.6 0" fill="#fff"/></svg>`,
      );
  });

  return router;
}
