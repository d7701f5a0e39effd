/** What one request costs. */
export interface ForgeCost {
  points: number;
  /** Creates or changes content: the scarce kind. */
  content: boolean;
  search: boolean;
}

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** @param url - address or route template of the request */
export function forgeCost(method: string, url: string): ForgeCost {
  const isRead = READS.has(method.toUpperCase());
  return {
    points: isRead ? 1 : 5,
    content: !isRead,
    search: isRead && /\/search\/code(?:\?|$)/.test(url),
  };
}
