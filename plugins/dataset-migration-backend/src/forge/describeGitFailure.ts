import { GitError } from '../git/GitError';
import { ForgeError, ForgeFailure } from './ForgeFailure';

const RULES: Array<[RegExp, ForgeFailure['signature']]> = [
  [/archived/i, 'REPOSITORY_ARCHIVED'],
  [/GH006|GH013|protected branch|pre-receive hook declined/i, 'NO_PERMISSION'],
  [/returned error: 429|rate limit/i, 'RATE_LIMITED'],
  [
    /returned error: 403|permission to .* denied|write access/i,
    'NO_PERMISSION',
  ],
  [
    /returned error: 404|repository .*not found|does not appear to be a git/i,
    'REPOSITORY_GONE',
  ],
  [
    /returned error: 401|authentication failed|could not read (username|password)|invalid username/i,
    'BAD_CREDENTIALS',
  ],
  [
    /returned error: 5\d\d|could not resolve host|failed to connect|couldn't connect|connection (refused|reset|timed out)|early eof|unexpected disconnect|hung up|timed out|ended after \d+ s|empty reply/i,
    'FORGE_DOWN',
  ],
];

const RETRYABLE = new Set<ForgeFailure['signature']>([
  'FORGE_DOWN',
  'RATE_LIMITED',
]);

const RATE_LIMIT_WAIT_MS = 60_000;

/** The forge's failure behind a failed git command; undefined when it is not about the forge. */
export function describeGitFailure(
  error: unknown,
  repository: string,
  now = Date.now(),
): ForgeFailure | undefined {
  if (!(error instanceof GitError)) return undefined;
  if (!['push', 'fetch', 'ls-remote'].includes(error.command)) return undefined;
  const signature = RULES.find(([pattern]) =>
    pattern.test(error.stderr || error.message),
  )?.[1];
  if (!signature) return undefined;
  return {
    signature,
    message: sentence(signature, repository, error.command),
    retryable: RETRYABLE.has(signature),
    ...(signature === 'RATE_LIMITED' && { retryAt: now + RATE_LIMIT_WAIT_MS }),
  };
}

/** Runs work and turns git's failures about the forge into ForgeError. */
export async function withForgeFailures<T>(
  repository: string,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const failure = describeGitFailure(error, repository);
    throw failure ? new ForgeError(failure, error) : error;
  }
}

function sentence(
  signature: ForgeFailure['signature'],
  repository: string,
  command: string,
): string {
  const doing = command === 'push' ? 'push to' : 'read';
  switch (signature) {
    case 'REPOSITORY_ARCHIVED':
      return `${repository} is archived: nobody can change it.`;
    case 'NO_PERMISSION':
      return `The configured credentials may not ${doing} ${repository}, or its rules forbid it.`;
    case 'REPOSITORY_GONE':
      return `${repository} does not exist or is not visible to us.`;
    case 'BAD_CREDENTIALS':
      return `The forge does not accept the credentials configured for ${repository}.`;
    case 'RATE_LIMITED':
      return `The forge asks us to slow down; ${repository} has to wait.`;
    default:
      return `The forge of ${repository} does not answer as it should.`;
  }
}
