import { toError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import type { Request, Response } from 'express';
import { HandlerDependencies } from './HandlerDependencies';

/** A repeated query parameter given once arrives as a plain string. */
export function asList(value: string[] | string | undefined) {
  if (value === undefined) return undefined;
  return Array.isArray(value) ? value : [value];
}

/** Aborts when the caller goes away before the answer is sent. */
export function requestSignal(response: Response): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => {
    if (!response.writableEnded) controller.abort();
  });
  return controller.signal;
}

/** Does what a person decided, and puts the decision and its end on the audit record. */
export async function audited<T>(
  dependencies: Pick<HandlerDependencies, 'auditor'>,
  request: Request,
  eventId: string,
  meta: object,
  act: () => Promise<T>,
): Promise<T> {
  const event = await dependencies.auditor.createEvent({
    eventId,
    severityLevel: 'medium',
    request,
    meta: withoutText(meta),
  });
  try {
    const result = await act();
    await event.success();
    return result;
  } catch (error) {
    await event.fail({ error: toError(error) });
    throw error;
  }
}

/** Plans and patches are on record with their migration; the audit names, it does not copy. */
function withoutText(meta: object): JsonObject {
  return Object.fromEntries(
    Object.entries(meta).filter(
      ([, value]) =>
        ['string', 'number', 'boolean'].includes(typeof value) &&
        String(value).length <= 2000,
    ),
  );
}
