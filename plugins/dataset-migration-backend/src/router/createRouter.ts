import express, { Router } from 'express';
import * as OpenApiValidator from 'express-openapi-validator';
import { InputError, NotFoundError } from '@backstage/errors';
import { addGeneratedRoutes } from '../generated/addGeneratedRoutes';
import { spec } from '../generated/spec';
import { campaignHandlers } from './campaignHandlers';
import { datasetHandlers } from './datasetHandlers';
import { HandlerDependencies } from './HandlerDependencies';
import { migrationHandlers } from './migrationHandlers';
import { refuseNul } from './refuseUnstorable';
import { runHandlers } from './runHandlers';
import { targetHandlers } from './targetHandlers';

/** Results carry patches; everything else is far smaller. */
const BODY_LIMIT = '16mb';

/** Turns the validator's errors into those the portal knows how to show. */
const describeRefusal: express.ErrorRequestHandler = (
  error,
  _request,
  _response,
  next,
) => {
  if (error?.status === 400 || error?.status === 415) {
    const places = (error.errors ?? [])
      .map(
        (each: { path: string; message: string }) =>
          `${each.path} ${each.message}`,
      )
      .join('; ');
    next(new InputError(places || error.message));
  } else if (error?.status === 404 || error?.status === 405) {
    next(new NotFoundError(error.message));
  } else {
    next(error);
  }
};

/** The API: every request is checked against its description before a handler sees it. */
export function createRouter(dependencies: HandlerDependencies): Router {
  const router = Router();
  router.use(refuseNul);
  router.use(express.json({ limit: BODY_LIMIT }));
  router.get('/openapi.json', (_request, response) => {
    response.json(spec);
  });
  router.use(
    OpenApiValidator.middleware({
      apiSpec: spec,
      validateRequests: { removeAdditional: false, coerceTypes: false },
      validateResponses: false,
      validateSecurity: false,
      ignoreUndocumented: false,
      validateApiSpec: false,
      // The plugin is mounted below /api/dataset-migration; its description is relative to that.
      useRequestUrl: true,
      $refParser: { mode: 'dereference' },
    }),
  );
  router.use(describeRefusal);
  addGeneratedRoutes(router, {
    ...datasetHandlers(dependencies),
    ...migrationHandlers(dependencies),
    ...targetHandlers(dependencies),
    ...runHandlers(dependencies),
    ...campaignHandlers(dependencies),
  });
  return router;
}
