import type { Request } from 'express';
import { GithubError } from './GithubError';

/** The JSON body; 400 where it is not an object. */
export function bodyOf(request: Request): Record<string, unknown> {
  const body: unknown = request.body;
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new GithubError(400, 'Problems parsing JSON');
  }
  return body as Record<string, unknown>;
}

/** A string of a body, or undefined; 422 where it has another type. */
export function textOf(
  body: Record<string, unknown>,
  name: string,
): string | undefined {
  const value = body[name];
  if (value === undefined || value === null) {
    return undefined;
  }
  if (typeof value !== 'string') {
    throw new GithubError(
      422,
      `Invalid request.\n\nFor 'properties/${name}', ${JSON.stringify(
        value,
      )} is not a string.`,
    );
  }
  return value;
}

/** A string that must be there. */
export function requiredTextOf(
  body: Record<string, unknown>,
  name: string,
): string {
  const value = textOf(body, name);
  if (value === undefined) {
    throw new GithubError(
      422,
      `Invalid request.\n\n"${name}" wasn't supplied.`,
    );
  }
  return value;
}

/** A list of strings, or undefined; 422 where it is something else. */
export function textsOf(
  body: Record<string, unknown>,
  name: string,
): string[] | undefined {
  const value = body[name];
  if (value === undefined) {
    return undefined;
  }
  if (!Array.isArray(value) || value.some(item => typeof item !== 'string')) {
    throw new GithubError(
      422,
      `Invalid request.\n\nFor 'properties/${name}', a list of strings was expected.`,
    );
  }
  return value as string[];
}

/** One value of a query parameter. */
export function queryOf(request: Request, name: string): string | undefined {
  const value = request.query[name];
  return typeof value === 'string' ? value : undefined;
}
