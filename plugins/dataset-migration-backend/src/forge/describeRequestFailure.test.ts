import { GitError } from '../git/GitError';
import { describeGitFailure } from './describeGitFailure';
import { describeRequestFailure } from './describeRequestFailure';

const NOW = 1_000_000;
const REPOSITORY = 'github.test/a/b';

function describeStatus(
  status: number | undefined,
  message = '',
  headers: Record<string, string> = {},
) {
  return describeRequestFailure(
    { status, message, response: { headers, data: { message } } },
    REPOSITORY,
    'open the pull request',
    NOW,
  );
}

describe('describeRequestFailure', () => {
  it.each([
    [401, 'Bad credentials', 'BAD_CREDENTIALS', false],
    [
      403,
      'Repository was archived so is read-only.',
      'REPOSITORY_ARCHIVED',
      false,
    ],
    [403, 'Resource not accessible', 'NO_PERMISSION', false],
    [404, 'Not Found', 'REPOSITORY_GONE', false],
    [410, 'Gone', 'REPOSITORY_GONE', false],
    [422, 'Validation Failed', 'FORGE_REFUSED', false],
    [500, 'Oops', 'FORGE_DOWN', true],
    [503, '', 'FORGE_DOWN', true],
    [undefined, 'ECONNREFUSED', 'FORGE_DOWN', true],
    [403, 'You have exceeded a secondary rate limit', 'RATE_LIMITED', true],
    [429, 'Too many requests', 'RATE_LIMITED', true],
  ])('calls %s %s %s', (status, message, signature, retryable) => {
    expect(describeStatus(status, message)).toMatchObject({
      signature,
      retryable,
      message: expect.stringMatching(/\w+.*\.|: /),
    });
  });

  it('says when a limit ends', () => {
    expect(describeStatus(403, 'slow', { 'retry-after': '30' }).retryAt).toBe(
      NOW + 30_000,
    );
    expect(
      describeStatus(403, 'API rate limit exceeded', {
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': '1100',
      }).retryAt,
    ).toBe(1_101_000);
  });

  it('gives what the forge said', () => {
    const { message } = describeRequestFailure(
      {
        status: 422,
        response: {
          data: {
            message: 'Validation Failed',
            errors: [{ message: 'No commits between main and x' }],
          },
        },
      },
      REPOSITORY,
      'open the pull request',
    );
    expect(message).toBe(
      'The forge refused to open the pull request in github.test/a/b: Validation Failed: No commits between main and x',
    );
  });
});

describe('describeGitFailure', () => {
  it.each([
    [
      'push',
      'remote: This repository was archived so it is read-only.\nfatal: unable to access: The requested URL returned error: 403',
      'REPOSITORY_ARCHIVED',
    ],
    [
      'push',
      'remote: error: GH006: Protected branch update failed',
      'NO_PERMISSION',
    ],
    [
      'push',
      'fatal: unable to access: The requested URL returned error: 403',
      'NO_PERMISSION',
    ],
    [
      'fetch',
      "fatal: repository 'https://github.test/a/b.git/' not found",
      'REPOSITORY_GONE',
    ],
    ['ls-remote', 'fatal: Authentication failed for', 'BAD_CREDENTIALS'],
    ['ls-remote', 'fatal: could not read Username for', 'BAD_CREDENTIALS'],
    [
      'fetch',
      'fatal: unable to access: Could not resolve host: github.test',
      'FORGE_DOWN',
    ],
    [
      'fetch',
      'error: RPC failed; The requested URL returned error: 502',
      'FORGE_DOWN',
    ],
    ['fetch', 'The requested URL returned error: 429', 'RATE_LIMITED'],
  ])('reads git %s: %s', (command, stderr, signature) => {
    expect(
      describeGitFailure(new GitError(command, 128, stderr), REPOSITORY),
    ).toMatchObject({ signature });
  });

  it('leaves failures alone that are not about the forge', () => {
    expect(
      describeGitFailure(new GitError('apply', 1, 'patch failed'), REPOSITORY),
    ).toBeUndefined();
    expect(
      describeGitFailure(
        new GitError('push', 1, '! [rejected] stale info'),
        REPOSITORY,
      ),
    ).toBeUndefined();
    expect(describeGitFailure(new Error('x'), REPOSITORY)).toBeUndefined();
  });
});
