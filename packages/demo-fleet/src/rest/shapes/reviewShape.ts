import type { ForgeContext } from '../../server/ForgeContext';
import type {
  CommentRecord,
  PullRecord,
  RepositoryRecord,
  ReviewRecord,
} from '../../store/records';
import { nodeId, userShape } from './userShape';

/** GitHub's `pull-request-review`. */
export function reviewShape(
  context: ForgeContext,
  repository: RepositoryRecord,
  pull: PullRecord,
  review: ReviewRecord,
) {
  const url = `${context.urls.repositoryApi(repository)}/pulls/${pull.number}`;
  const html = `${context.urls.repositoryHtml(repository)}/pull/${
    pull.number
  }#pullrequestreview-${review.id}`;
  return {
    id: review.id,
    node_id: nodeId('PullRequestReview', review.id),
    user: userShape(context.urls, context.accounts.get(review.user)),
    body: review.body,
    state: review.state,
    html_url: html,
    pull_request_url: url,
    _links: { html: { href: html }, pull_request: { href: url } },
    ...(review.submittedAt ? { submitted_at: review.submittedAt } : {}),
    commit_id: review.commitId,
    author_association: 'MEMBER' as const,
  };
}

/** GitHub's `issue-comment`. */
export function commentShape(
  context: ForgeContext,
  repository: RepositoryRecord,
  pull: PullRecord,
  comment: CommentRecord,
) {
  const api = context.urls.repositoryApi(repository);
  return {
    id: comment.id,
    node_id: nodeId('IssueComment', comment.id),
    url: `${api}/issues/comments/${comment.id}`,
    html_url: `${context.urls.repositoryHtml(repository)}/pull/${
      pull.number
    }#issuecomment-${comment.id}`,
    issue_url: `${api}/issues/${pull.number}`,
    body: comment.body,
    user: userShape(context.urls, context.accounts.get(comment.user)),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    author_association: 'MEMBER' as const,
  };
}
