import { ForgeAnswer } from '../domain/forgeBudget';
import { forgeMessage } from './forgeMessage';

type Headers = Record<string, string | number | undefined>;

/** A response, or what `@octokit/request-error` tells; anything else never reached the forge. */
interface Told {
  status?: number;
  message?: string;
  response?: { headers?: Headers; data?: unknown };
}

/**
 * What a response or a failed request says about the budget of the identity that asked.
 *
 * @param now - UTC epoch milliseconds
 * @see https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
 */
export function readForgeAnswer(told: unknown, now: number): ForgeAnswer {
  const { status, message = '', response } = (told ?? {}) as Told;
  const headers = response?.headers ?? {};
  const said = forgeMessage(response?.data) || message;
  const refused = isRefusal(status, said, headers);
  return {
    ...counted(headers),
    refused,
    ...(refused && { retryAt: retryTime(headers, now) }),
  };
}

/** Other resources, such as code search, have counts of their own. */
function counted(headers: Headers): Partial<ForgeAnswer> {
  if ((headers['x-ratelimit-resource'] ?? 'core') !== 'core') return {};
  const [remaining, perHour, reset] = ['remaining', 'limit', 'reset'].map(
    each => wholeNumber(headers[`x-ratelimit-${each}`]),
  );
  if (remaining === undefined || !perHour || !reset) return {};
  return { remaining, perHour, resetAt: reset * 1000 };
}

function isRefusal(
  status: number | undefined,
  said: string,
  headers: Headers,
): boolean {
  if (status === 429) return true;
  return (
    status === 403 &&
    (/rate limit/i.test(said) ||
      headers['retry-after'] !== undefined ||
      String(headers['x-ratelimit-remaining']) === '0')
  );
}

function retryTime(headers: Headers, now: number): number | undefined {
  const seconds = wholeNumber(headers['retry-after']);
  if (seconds) return now + seconds * 1000;
  const reset = wholeNumber(headers['x-ratelimit-reset']);
  const usedUp = String(headers['x-ratelimit-remaining']) === '0';
  // The forge counts in seconds: one more is certainly after the turn.
  return usedUp && reset && reset * 1000 > now ? (reset + 1) * 1000 : undefined;
}

function wholeNumber(value: string | number | undefined): number | undefined {
  const number = value === undefined ? NaN : Number(value);
  return Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}
