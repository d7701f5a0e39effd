import { LocalRepository } from './LocalRepository';

/** Who our commits are from. */
export interface CommitIdentity {
  name: string;
  email: string;
}

/**
 * Writes a commit object. The same values give the same id, which is how a commit is known to
 * be ours after a crash.
 *
 * @param options - `at` in epoch milliseconds
 */
export async function createCommit(
  local: LocalRepository,
  options: {
    tree: string;
    parent: string;
    message: string;
    identity: CommitIdentity;
    at: number;
  },
): Promise<string> {
  const date = `@${Math.floor(options.at / 1000)} +0000`;
  const { name, email } = options.identity;
  return local.text(
    ['commit-tree', options.tree, '-p', options.parent, '-F', '-'],
    {
      input: options.message,
      environment: {
        GIT_AUTHOR_NAME: name,
        GIT_AUTHOR_EMAIL: email,
        GIT_AUTHOR_DATE: date,
        GIT_COMMITTER_NAME: name,
        GIT_COMMITTER_EMAIL: email,
        GIT_COMMITTER_DATE: date,
      },
    },
  );
}
