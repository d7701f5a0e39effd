import type { ForgeContext } from '../../server/ForgeContext';
import type { PullDetails } from '../../server/pullDetails';
import type { PullRecord, RepositoryRecord } from '../../store/records';
import { labelShape } from './labelShape';
import { repositoryShape } from './repositoryShape';
import { nodeId, teamShape, userShape } from './userShape';

function links(
  context: ForgeContext,
  repository: RepositoryRecord,
  pull: PullRecord,
) {
  const api = context.urls.repositoryApi(repository);
  const url = `${api}/pulls/${pull.number}`;
  const html = `${context.urls.repositoryHtml(repository)}/pull/${pull.number}`;
  return {
    url,
    html_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    issue_url: `${api}/issues/${pull.number}`,
    commits_url: `${url}/commits`,
    review_comments_url: `${url}/comments`,
    review_comment_url: `${api}/pulls/comments{/number}`,
    comments_url: `${api}/issues/${pull.number}/comments`,
    statuses_url: `${api}/statuses/${pull.headSha}`,
    _links: {
      self: { href: url },
      html: { href: html },
      issue: { href: `${api}/issues/${pull.number}` },
      comments: { href: `${api}/issues/${pull.number}/comments` },
      review_comments: { href: `${url}/comments` },
      review_comment: { href: `${api}/pulls/comments{/number}` },
      commits: { href: `${url}/commits` },
      statuses: { href: `${api}/statuses/${pull.headSha}` },
    },
  };
}

/** GitHub's `pull-request-simple`, as lists give it. */
export function simplePullShape(
  context: ForgeContext,
  repository: RepositoryRecord,
  pull: PullRecord,
) {
  const owner = userShape(context.urls, context.accounts.get(repository.owner));
  const side = (ref: string, sha: string) => ({
    label: `${repository.owner}:${ref}`,
    ref,
    sha,
    user: owner,
    repo: repositoryShape(context, repository),
  });
  return {
    ...links(context, repository, pull),
    id: pull.id,
    node_id: nodeId('PullRequest', pull.id),
    number: pull.number,
    state: pull.state,
    locked: false,
    title: pull.title,
    user: userShape(context.urls, context.accounts.get(pull.user)),
    body: pull.body ?? null,
    labels: pull.labels.map(name => labelShape(context, repository, name)),
    milestone: null,
    active_lock_reason: null,
    created_at: pull.createdAt,
    updated_at: pull.updatedAt,
    closed_at: pull.closedAt ?? null,
    merged_at: pull.mergedAt ?? null,
    merge_commit_sha: pull.mergeCommitSha ?? null,
    assignee: null,
    assignees: [],
    requested_reviewers: pull.requestedReviewers.map(login =>
      userShape(context.urls, context.accounts.get(login)),
    ),
    requested_teams: pull.requestedTeams.map(slug =>
      teamShape(context.urls, repository.owner, slug),
    ),
    head: side(pull.headRef, pull.headSha),
    base: side(pull.baseRef, pull.baseSha),
    author_association: 'MEMBER' as const,
    auto_merge: null,
    draft: pull.draft,
  };
}

/** GitHub's `pull-request`. */
export function pullShape(
  context: ForgeContext,
  repository: RepositoryRecord,
  pull: PullRecord,
  details: PullDetails,
) {
  return {
    ...simplePullShape(context, repository, pull),
    merged: pull.mergedAt !== undefined,
    mergeable: details.mergeable ?? null,
    rebaseable: details.mergeable ?? null,
    mergeable_state: details.mergeableState,
    merged_by: pull.mergedBy
      ? userShape(context.urls, context.accounts.get(pull.mergedBy))
      : null,
    comments: details.comments,
    review_comments: 0,
    maintainer_can_modify: pull.maintainerCanModify,
    commits: details.commits,
    additions: details.additions,
    deletions: details.deletions,
    changed_files: details.changedFiles,
  };
}
