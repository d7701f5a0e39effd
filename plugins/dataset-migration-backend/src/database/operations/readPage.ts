import { InputError } from '@backstage/errors';
import { Knex } from 'knex';
import { Page, PageRequest } from '../stores';

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 500;

/** How a list is ordered: by one column, then by the id that makes it unique. */
export interface PageOrder {
  column: string;
  id: string;
  direction: 'asc' | 'desc';
}

type Row = Record<string, unknown>;

/**
 * Reads one page by key, not by offset, so that rows that come and go meanwhile neither repeat
 * nor hide others.
 *
 * @throws InputError when the cursor is not one of ours.
 */
export async function readPage<T>(
  query: Knex.QueryBuilder,
  order: PageOrder,
  page: PageRequest,
  fromRow: (row: Row) => T,
): Promise<Page<T>> {
  const limit = Math.min(Math.max(page.limit ?? DEFAULT_LIMIT, 1), MAX_LIMIT);
  const [{ count }] = await query.clone().count({ count: '*' });
  const rowsQuery = query
    .clone()
    .select('*')
    .orderBy([
      { column: order.column, order: order.direction },
      { column: order.id, order: order.direction },
    ])
    .limit(limit + 1);
  if (page.cursor) {
    const [value, id] = decodeCursor(page.cursor);
    const after = order.direction === 'asc' ? '>' : '<';
    rowsQuery.where(bounds =>
      bounds
        .where(order.column, after, value)
        .orWhere(same =>
          same.where(order.column, value).where(order.id, after, id),
        ),
    );
  }
  const rows: Row[] = await rowsQuery;
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    items: items.map(fromRow),
    totalItems: Number(count),
    ...(rows.length > limit &&
      last && { nextCursor: encodeCursor(last[order.column], last[order.id]) }),
  };
}

function encodeCursor(value: unknown, id: unknown): string {
  return Buffer.from(JSON.stringify([value, id])).toString('base64url');
}

function decodeCursor(cursor: string): [string | number, string | number] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw new InputError('The cursor is not valid.');
  }
  if (!Array.isArray(parsed) || parsed.length !== 2 || !parsed.every(isKey)) {
    throw new InputError('The cursor is not valid.');
  }
  return [parsed[0], parsed[1]];
}

function isKey(value: unknown): value is string | number {
  return typeof value === 'string'
    ? !value.includes('\0')
    : typeof value === 'number';
}
