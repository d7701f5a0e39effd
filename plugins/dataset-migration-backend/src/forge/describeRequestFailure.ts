import { ForgeFailure } from './ForgeFailure';
import { forgeMessage } from './forgeMessage';
import { readForgeAnswer } from './readForgeAnswer';

/** What `@octokit/request-error` tells; anything else never reached the forge. */
interface RequestFailure {
  status?: number;
  message?: string;
  response?: { data?: unknown };
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

  const answer = readForgeAnswer(error, now);
  if (answer.refused) {
    const { retryAt = now + DEFAULT_WAIT_MS } = answer;
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
