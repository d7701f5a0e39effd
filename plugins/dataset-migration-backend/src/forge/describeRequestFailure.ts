import { ForgeFailure } from './ForgeFailure';

/** What `@octokit/request-error` tells; anything else never reached the forge. */
interface RequestFailure {
  status?: number;
  message?: string;
  response?: {
    headers?: Record<string, string | number | undefined>;
    data?: unknown;
  };
}

const DEFAULT_WAIT_MS = 60_000;

/**
 * Turns a failed REST request into a failure with a sentence.
 *
 * @param repository - `host/owner/name`
 * @param doing - what was tried: `open the pull request`
 */
export function describeRequestFailure(
  error: unknown,
  repository: string,
  doing: string,
  now = Date.now(),
): ForgeFailure {
  const { status, message = '', response } = error as RequestFailure;
  const said = forgeMessage(response?.data) || message;
  const final = (
    signature: ForgeFailure['signature'],
    text: string,
  ): ForgeFailure => ({ signature, message: text, retryable: false });

  if (isRateLimit(status, said, response?.headers)) {
    const retryAt = retryTime(response?.headers, now);
    return {
      signature: 'RATE_LIMITED',
      message: `The forge asks us to wait until ${new Date(
        retryAt,
      ).toISOString()}.`,
      retryable: true,
      retryAt,
    };
  }
  switch (status) {
    case 401:
      return final(
        'BAD_CREDENTIALS',
        `The forge does not accept the credentials configured for ${repository}.`,
      );
    case 403:
      return /archived/i.test(said)
        ? final(
            'REPOSITORY_ARCHIVED',
            `${repository} is archived: nobody can change it.`,
          )
        : final(
            'NO_PERMISSION',
            `The configured credentials may not ${doing} in ${repository}: ${said}`,
          );
    case 404:
    case 410:
    case 451:
      return final(
        'REPOSITORY_GONE',
        `${repository} does not exist or is not visible to us; we could not ${doing}.`,
      );
    default:
  }
  if (status === undefined || status >= 500) {
    return {
      signature: 'FORGE_DOWN',
      message: `The forge of ${repository} does not answer as it should; we could not ${doing}.`,
      retryable: true,
    };
  }
  return final(
    'FORGE_REFUSED',
    `The forge refused to ${doing} in ${repository}: ${said}`,
  );
}

function isRateLimit(
  status: number | undefined,
  said: string,
  headers: Record<string, string | number | undefined> | undefined,
): boolean {
  if (status === 429) return true;
  return (
    status === 403 &&
    (/rate limit/i.test(said) ||
      headers?.['retry-after'] !== undefined ||
      String(headers?.['x-ratelimit-remaining']) === '0')
  );
}

function retryTime(
  headers: Record<string, string | number | undefined> | undefined,
  now: number,
): number {
  const seconds = Number(headers?.['retry-after']);
  if (seconds > 0) return now + seconds * 1000;
  const reset = Number(headers?.['x-ratelimit-reset']) * 1000;
  const usedUp = String(headers?.['x-ratelimit-remaining']) === '0';
  return usedUp && reset > now ? reset + 1000 : now + DEFAULT_WAIT_MS;
}

/** GitHub's `message` and the first `errors[].message`, on one line. */
function forgeMessage(data: unknown): string {
  if (typeof data !== 'object' || data === null) return '';
  const { message, errors } = data as { message?: unknown; errors?: unknown };
  const first: unknown = Array.isArray(errors) ? errors[0] : undefined;
  const detail =
    typeof first === 'object' && first !== null
      ? (first as { message?: unknown }).message
      : first;
  return [message, detail]
    .filter((part): part is string => typeof part === 'string')
    .join(': ')
    .replace(/\s+/g, ' ')
    .slice(0, 500);
}
