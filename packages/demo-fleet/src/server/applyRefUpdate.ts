import { ZERO_SHA } from '../git/refNames';
import type { RefCommand } from '../git/receivePackCommands';
import { commitShape } from '../rest/shapes/commitShape';
import { userShape } from '../rest/shapes/userShape';
import type { PullRecord, RepositoryRecord } from '../store/records';
import { timestamp } from '../store/timestamp';
import { changePull } from './changePull';
import { emitEvent } from './emitEvent';
import type { ForgeContext } from './ForgeContext';

// GitHub's push event carries no more.
const COMMITS_IN_EVENT = 20;

async function emitPush(
  context: ForgeContext,
  repository: RepositoryRecord,
  update: RefCommand,
  actor: string,
): Promise<void> {
  const deleted = update.newSha === ZERO_SHA;
  const created = update.oldSha === ZERO_SHA;
  const git = context.repositories.git(repository);
  const commits =
    deleted || !(await git.resolve(update.newSha))
      ? []
      : await git.commits({
          include: update.newSha,
          exclude: created ? undefined : update.oldSha,
          limit: COMMITS_IN_EVENT,
        });
  const shapes = commits.reverse().map(commit => ({
    id: commit.sha,
    tree_id: commit.tree,
    distinct: true,
    message: commit.message,
    timestamp: commit.committer.date,
    url: commitShape(context, repository, commit).html_url,
    author: commit.author,
    committer: commit.committer,
  }));
  emitEvent(context, repository, actor, 'push', {
    ref: update.ref,
    before: update.oldSha,
    after: update.newSha,
    created,
    deleted,
    forced:
      !created &&
      !deleted &&
      !(await git.isAncestor(update.oldSha, update.newSha)),
    base_ref: null,
    compare: `${context.urls.repositoryHtml(
      repository,
    )}/compare/${update.oldSha.slice(0, 12)}...${update.newSha.slice(0, 12)}`,
    commits: shapes,
    head_commit: shapes[shapes.length - 1] ?? null,
    pusher: { name: actor, email: null },
    sender: userShape(context.urls, context.accounts.get(actor)),
  });
}

async function syncPull(
  context: ForgeContext,
  repository: RepositoryRecord,
  pull: PullRecord,
  update: RefCommand,
  actor: string,
): Promise<void> {
  const branch = update.ref.slice('refs/heads/'.length);
  const git = context.repositories.git(repository);
  const change = { context, repository, actor };
  if (update.newSha === ZERO_SHA) {
    await changePull({
      ...change,
      pull,
      change: { state: 'closed', closedAt: timestamp() },
      action: 'closed',
    });
  } else if (branch === pull.headRef) {
    await git.updateRef(
      `refs/pull/${pull.number}/head`,
      update.newSha,
      pull.headSha,
    );
    await changePull({
      ...change,
      pull,
      change: {
        headSha: update.newSha,
        baseSha:
          (await git.resolve(`refs/heads/${pull.baseRef}`)) ?? pull.baseSha,
      },
      action: 'synchronize',
      payload: { before: update.oldSha, after: update.newSha },
    });
  } else if (await git.isAncestor(pull.headSha, update.newSha)) {
    // The commits arrived in the base by a push; GitHub then calls the pull request merged.
    await changePull({
      ...change,
      pull,
      change: {
        state: 'closed',
        closedAt: timestamp(),
        mergedAt: timestamp(),
        mergedBy: actor,
        mergeCommitSha: update.newSha,
      },
      action: 'closed',
    });
  }
}

/** Everything that follows from a moved ref: log, push event, pull requests that follow their branches. */
export async function applyRefUpdate(
  context: ForgeContext,
  repository: RepositoryRecord,
  update: RefCommand,
  actor: string,
): Promise<void> {
  const current = context.store.get('repository', repository.id) ?? repository;
  context.store.put('repository', { ...current, pushedAt: timestamp() });
  context.log.write('ref', {
    actor,
    repository: `${repository.owner}/${repository.name}`,
    ref: update.ref,
    before: update.oldSha,
    after: update.newSha,
  });
  await emitPush(context, repository, update, actor);
  if (!update.ref.startsWith('refs/heads/')) {
    return;
  }
  const branch = update.ref.slice('refs/heads/'.length);
  for (const pull of context.store.all('pull')) {
    if (
      pull.repositoryId === repository.id &&
      pull.state === 'open' &&
      (pull.headRef === branch || pull.baseRef === branch)
    ) {
      await syncPull(context, repository, pull, update, actor);
    }
  }
}
