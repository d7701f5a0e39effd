import { InputError, isError } from '@backstage/errors';
import { RequestHandler } from 'express';

/**
 * Refuses addresses with a NUL character, which PostgreSQL takes in no text: on every database
 * the caller hears the same.
 *
 * @throws InputError
 */
export const refuseNul: RequestHandler = (request, _response, next) => {
  next(
    /%00|\0/.test(request.originalUrl)
      ? new InputError('The address of the request holds a NUL character.')
      : undefined,
  );
};

/** SQLSTATE class 22, "data exception": the value of a request that a column cannot be asked for. */
const DATA_EXCEPTION = /^22[0-9A-Z]{3}$/;

/**
 * What PostgreSQL refuses of a request's values (a cursor that was made up, a number out of
 * range) is the caller's error, not ours.
 */
export function asRefusal(error: unknown): unknown {
  return isError(error) &&
    typeof error.code === 'string' &&
    DATA_EXCEPTION.test(error.code)
    ? new InputError('The request holds a value that cannot be looked up.')
    : error;
}
