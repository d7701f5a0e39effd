import { mergeCommits, type MergeMethod } from '../git/mergeCommits';
import { GithubError } from '../rest/GithubError';
import type { PullRecord, RepositoryRecord } from '../store/records';
import { timestamp } from '../store/timestamp';
import { applyRefUpdate } from './applyRefUpdate';
import { changePull } from './changePull';
import type { ForgeContext } from './ForgeContext';
import { pullDetails } from './pullDetails';

function messageOf(
  repository: RepositoryRecord,
  pull: PullRecord,
  request: { method: MergeMethod; title?: string; message?: string },
): string {
  const merge = request.method === 'merge';
  const title =
    request.title ??
    (merge
      ? `Merge pull request #${pull.number} from ${repository.owner}/${pull.headRef}`
      : `${pull.title} (#${pull.number})`);
  const message = request.message ?? (merge ? pull.title : pull.body ?? '');
  return `${title}\n\n${message}`.trim();
}

/** Merges an open pull request as GitHub does. Throws 405 where it cannot be merged and 409 where a branch moved. */
export async function mergePull(options: {
  context: ForgeContext;
  repository: RepositoryRecord;
  pull: PullRecord;
  actor: string;
  method: MergeMethod;
  /** Head that the caller has seen. */
  expectedSha?: string;
  title?: string;
  message?: string;
}): Promise<PullRecord> {
  const { context, repository, pull, actor, method } = options;
  if (pull.state !== 'open') {
    throw new GithubError(405, 'Pull Request is not mergeable');
  }
  if (options.expectedSha && options.expectedSha !== pull.headSha) {
    throw new GithubError(
      409,
      'Head branch was modified. Review and try the merge again.',
    );
  }
  if (pull.draft) {
    throw new GithubError(405, 'Pull Request is still a draft');
  }
  const details = await pullDetails(context, repository, pull);
  if (!details.mergeable) {
    throw new GithubError(405, 'Pull Request is not mergeable');
  }
  if (details.blockedBy) {
    throw new GithubError(405, details.blockedBy);
  }
  const git = context.repositories.git(repository);
  const ref = `refs/heads/${pull.baseRef}`;
  const base = await git.resolve(ref);
  const account = context.accounts.get(actor);
  const sha =
    base &&
    (await mergeCommits({
      repository: git,
      base,
      head: pull.headSha,
      method,
      message: messageOf(repository, pull, options),
      author: {
        name: account.login,
        email: `${account.login}@users.noreply.github.com`,
      },
    }));
  if (!base || !sha) {
    throw new GithubError(405, 'Pull Request is not mergeable');
  }
  // The pull request may have been merged, closed or pushed to while git worked.
  const now = context.store.get('pull', pull.id);
  if (now?.state !== 'open' || now.headSha !== pull.headSha) {
    throw new GithubError(
      409,
      'Head branch was modified. Review and try the merge again.',
    );
  }
  if (!(await git.updateRef(ref, sha, base))) {
    throw new GithubError(
      409,
      'Base branch was modified. Review and try the merge again.',
    );
  }
  const merged = await changePull({
    context,
    repository,
    actor,
    action: 'closed',
    pull,
    change: {
      baseSha: base,
      state: 'closed',
      closedAt: timestamp(),
      mergedAt: timestamp(),
      mergedBy: actor,
      mergeCommitSha: sha,
    },
  });
  await applyRefUpdate(
    context,
    repository,
    { ref, oldSha: base, newSha: sha },
    actor,
  );
  return merged;
}
