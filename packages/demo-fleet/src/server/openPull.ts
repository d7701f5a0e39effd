import { GithubError, validationFailed } from '../rest/GithubError';
import { ZERO_SHA } from '../git/refNames';
import type { PullRecord, RepositoryRecord } from '../store/records';
import { timestamp } from '../store/timestamp';
import { changePull } from './changePull';
import { codeOwners } from './codeOwners';
import type { ForgeContext } from './ForgeContext';

/** What opening a pull request needs. */
export interface OpenPullOptions {
  readonly context: ForgeContext;
  readonly repository: RepositoryRecord;
  readonly actor: string;
  readonly title: string;
  readonly body?: string;
  /** `branch` or `owner:branch`; forks are not simulated. */
  readonly head: string;
  readonly base: string;
  readonly draft: boolean;
  readonly maintainerCanModify: boolean;
}

function openOn(
  context: ForgeContext,
  repository: RepositoryRecord,
  headRef: string,
  baseRef: string,
): PullRecord | undefined {
  return context.store
    .all('pull')
    .find(
      pull =>
        pull.repositoryId === repository.id &&
        pull.state === 'open' &&
        pull.headRef === headRef &&
        pull.baseRef === baseRef,
    );
}

function refuseSecond(options: OpenPullOptions, headRef: string): void {
  const { context, repository, base } = options;
  if (openOn(context, repository, headRef, base)) {
    throw new GithubError(422, 'Validation Failed', [
      {
        resource: 'PullRequest',
        code: 'custom',
        message: `A pull request already exists for ${repository.owner}:${headRef}.`,
      },
    ]);
  }
}

/** Opens a pull request, with the code owners of the changed files as reviewers. Throws 422 as GitHub does. */
export async function openPull(options: OpenPullOptions): Promise<PullRecord> {
  const { context, repository, base } = options;
  const [first, ...rest] = options.head.split(':');
  const headRef = rest.length > 0 ? rest.join(':') : first;
  const invalid = (field: string) =>
    validationFailed({ resource: 'PullRequest', field, code: 'invalid' });
  if (
    rest.length > 0 &&
    first.toLowerCase() !== repository.owner.toLowerCase()
  ) {
    throw invalid('head');
  }
  const git = context.repositories.git(repository);
  const headSha = await git.resolve(`refs/heads/${headRef}`);
  const baseSha = await git.resolve(`refs/heads/${base}`);
  if (!headSha) {
    throw invalid('head');
  }
  if (!baseSha) {
    throw invalid('base');
  }
  refuseSecond(options, headRef);
  if ((await git.countCommits(headSha, baseSha)) === 0) {
    throw new GithubError(422, 'Validation Failed', [
      {
        resource: 'PullRequest',
        code: 'custom',
        message: `No commits between ${base} and ${headRef}`,
      },
    ]);
  }
  const from = await git.mergeBase(baseSha, headSha);
  if (!from) {
    throw new GithubError(422, 'Validation Failed', [
      {
        resource: 'PullRequest',
        code: 'custom',
        message: `The ${headRef} branch has no history in common with ${repository.owner}:${base}`,
      },
    ]);
  }
  const owners = await codeOwners(
    context,
    repository,
    baseSha,
    (await git.changes(from, headSha)).map(change => change.path),
  );
  // Asked again: two requests may have passed the first question while git worked.
  refuseSecond(options, headRef);
  const now = timestamp();
  const numbers = context.store
    .all('pull')
    .filter(pull => pull.repositoryId === repository.id)
    .map(pull => pull.number);
  const pull = context.store.put('pull', {
    id: context.store.nextId(),
    repositoryId: repository.id,
    number: Math.max(0, ...numbers) + 1,
    title: options.title,
    body: options.body,
    draft: options.draft,
    state: 'open',
    headRef,
    headSha,
    baseRef: base,
    baseSha,
    user: options.actor,
    createdAt: now,
    updatedAt: now,
    labels: [],
    requestedReviewers: owners.users.filter(login => login !== options.actor),
    requestedTeams: owners.teams,
    maintainerCanModify: options.maintainerCanModify,
  });
  await git.updateRef(`refs/pull/${pull.number}/head`, headSha, ZERO_SHA);
  return changePull({
    context,
    repository,
    pull,
    actor: options.actor,
    action: 'opened',
  });
}
