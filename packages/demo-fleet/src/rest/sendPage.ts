import type { Request, Response } from 'express';
import type { ForgeContext } from '../server/ForgeContext';
import { queryOf } from './requestInput';

const DEFAULT_SIZE = 30;
const MOST = 100;

/** Page and size of a list request, as GitHub reads them. */
export function pageOf(request: Request): { page: number; size: number } {
  const page = Number.parseInt(queryOf(request, 'page') ?? '', 10);
  const size = Number.parseInt(queryOf(request, 'per_page') ?? '', 10);
  return {
    page: page > 0 ? page : 1,
    size: size > 0 ? Math.min(size, MOST) : DEFAULT_SIZE,
  };
}

/** Sets `Link` for a list of `total` items. */
export function linkPages(
  context: ForgeContext,
  request: Request,
  response: Response,
  total: number,
): void {
  const { page, size } = pageOf(request);
  const last = Math.max(1, Math.ceil(total / size));
  const address = (number: number) => {
    const url = new URL(request.originalUrl, context.urls.base);
    url.searchParams.set('page', String(number));
    return url.toString();
  };
  const links: string[] = [];
  if (page > 1) {
    links.push(`<${address(Math.min(page - 1, last))}>; rel="prev"`);
  }
  if (page < last) {
    links.push(
      `<${address(page + 1)}>; rel="next"`,
      `<${address(last)}>; rel="last"`,
    );
  }
  if (page > 1) {
    links.push(`<${address(1)}>; rel="first"`);
  }
  if (links.length > 0) {
    response.setHeader('Link', links.join(', '));
  }
}

/** The items of the asked page, with `Link` set. */
export function pageItems<T>(
  context: ForgeContext,
  request: Request,
  response: Response,
  items: readonly T[],
): T[] {
  const { page, size } = pageOf(request);
  linkPages(context, request, response, items.length);
  return items.slice((page - 1) * size, page * size);
}
