import { mergeTree } from '../git/mergeCommits';
import type { PullRecord, RepositoryRecord } from '../store/records';
import type { ForgeContext } from './ForgeContext';

/** What is computed for a pull request when somebody looks at it. */
export interface PullDetails {
  /** Undefined once it is closed. */
  readonly mergeable?: boolean;
  readonly mergeableState: string;
  /** Why a merge is refused although there is no conflict. */
  readonly blockedBy?: string;
  readonly comments: number;
  readonly commits: number;
  readonly additions: number;
  readonly deletions: number;
  readonly changedFiles: number;
}

/** The newest verdict of each reviewer; a comment does not replace an approval. */
export function verdicts(
  context: ForgeContext,
  pull: PullRecord,
): Map<string, string> {
  const latest = new Map<string, string>();
  for (const review of context.store.all('review')) {
    if (
      review.pullId === pull.id &&
      ['APPROVED', 'CHANGES_REQUESTED', 'DISMISSED'].includes(review.state)
    ) {
      latest.set(review.user, review.state);
    }
  }
  return latest;
}

/** The newest result of each check and status of a commit: `success`, `failure` or `pending`. */
export function checkResults(
  context: ForgeContext,
  repository: RepositoryRecord,
  sha: string,
): Map<string, 'success' | 'failure' | 'pending'> {
  const results = new Map<string, 'success' | 'failure' | 'pending'>();
  for (const run of context.store.all('checkRun')) {
    if (run.repositoryId === repository.id && run.headSha === sha) {
      const passed = ['success', 'neutral', 'skipped'].includes(
        run.conclusion ?? '',
      );
      const ended = passed ? 'success' : 'failure';
      results.set(run.name, run.status === 'completed' ? ended : 'pending');
    }
  }
  for (const status of context.store.all('status')) {
    if (status.repositoryId === repository.id && status.sha === sha) {
      const failed = status.state === 'error' || status.state === 'failure';
      const other = status.state === 'success' ? 'success' : 'pending';
      results.set(status.context, failed ? 'failure' : other);
    }
  }
  return results;
}

function protectionBlocks(
  context: ForgeContext,
  repository: RepositoryRecord,
  pull: PullRecord,
): string | undefined {
  const states = [...verdicts(context, pull).values()];
  const protection = repository.protectedBranches.find(
    branch => branch.name === pull.baseRef,
  );
  if (!protection) {
    return undefined;
  }
  const approvals = states.filter(state => state === 'APPROVED').length;
  const needed = protection.requiredApprovals;
  if (needed > 0 && states.includes('CHANGES_REQUESTED')) {
    return 'Changes have been requested by a reviewer with write access.';
  }
  if (approvals < needed) {
    return `At least ${needed} approving review${
      needed === 1 ? ' is' : 's are'
    } required by reviewers with write access.`;
  }
  const results = checkResults(context, repository, pull.headSha);
  for (const name of protection.requiredChecks) {
    if (results.get(name) !== 'success') {
      return `Required status check "${name}" is ${
        results.get(name) === 'failure' ? 'failing' : 'expected'
      }.`;
    }
  }
  return undefined;
}

/** Computes details with real git: the merge is tried, the diff is counted. */
export async function pullDetails(
  context: ForgeContext,
  repository: RepositoryRecord,
  pull: PullRecord,
): Promise<PullDetails> {
  const git = context.repositories.git(repository);
  const from =
    (await git.mergeBase(pull.baseSha, pull.headSha)) ?? pull.baseSha;
  const changes = await git.changes(from, pull.headSha);
  const counts = {
    comments: context.store
      .all('comment')
      .filter(comment => comment.pullId === pull.id).length,
    commits: await git.countCommits(pull.headSha, pull.baseSha),
    additions: changes.reduce((sum, change) => sum + change.additions, 0),
    deletions: changes.reduce((sum, change) => sum + change.deletions, 0),
    changedFiles: changes.length,
  };
  if (pull.state === 'closed') {
    return { mergeableState: 'unknown', ...counts };
  }
  const base = await git.resolve(`refs/heads/${pull.baseRef}`);
  const mergeable =
    base !== undefined &&
    (await mergeTree(git, base, pull.headSha)) !== undefined;
  const blockedBy = protectionBlocks(context, repository, pull);
  const results = checkResults(context, repository, pull.headSha);
  let mergeableState = 'clean';
  if (!mergeable) {
    mergeableState = 'dirty';
  } else if (pull.draft) {
    mergeableState = 'draft';
  } else if (blockedBy) {
    mergeableState = 'blocked';
  } else if ([...results.values()].some(result => result !== 'success')) {
    mergeableState = 'unstable';
  }
  return { mergeable, mergeableState, blockedBy, ...counts };
}
