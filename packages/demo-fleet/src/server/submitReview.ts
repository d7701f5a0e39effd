import { GithubError } from '../rest/GithubError';
import { simplePullShape } from '../rest/shapes/pullShape';
import { reviewShape } from '../rest/shapes/reviewShape';
import type {
  PullRecord,
  RepositoryRecord,
  ReviewRecord,
  ReviewState,
} from '../store/records';
import { timestamp } from '../store/timestamp';
import { emitEvent } from './emitEvent';
import type { ForgeContext } from './ForgeContext';

const STATES = new Map<string, ReviewState>([
  ['APPROVE', 'APPROVED'],
  ['REQUEST_CHANGES', 'CHANGES_REQUESTED'],
  ['COMMENT', 'COMMENTED'],
]);

/** Creates a review, or submits a pending one. Without an event it stays pending. Throws 422 as GitHub does. */
export function submitReview(options: {
  context: ForgeContext;
  repository: RepositoryRecord;
  pull: PullRecord;
  actor: string;
  event?: string;
  body?: string;
  commitId?: string;
  pending?: ReviewRecord;
}): ReviewRecord {
  const { context, repository, pull, actor, event } = options;
  const state = event === undefined ? 'PENDING' : STATES.get(event);
  if (!state) {
    throw new GithubError(
      422,
      `Variable $event was provided invalid value ${event}`,
    );
  }
  const verdict = event === 'APPROVE' || event === 'REQUEST_CHANGES';
  if (verdict && actor === pull.user) {
    throw new GithubError(
      422,
      `Unprocessable Entity: Can not ${
        event === 'APPROVE' ? 'approve' : 'request changes on'
      } your own pull request`,
    );
  }
  if ((event === 'COMMENT' || event === 'REQUEST_CHANGES') && !options.body) {
    throw new GithubError(422, 'Unprocessable Entity: body is required');
  }
  const review = context.store.put('review', {
    id: options.pending?.id ?? context.store.nextId(),
    pullId: pull.id,
    user: actor,
    body: options.body ?? '',
    state,
    commitId: options.commitId ?? pull.headSha,
    submittedAt: event ? timestamp() : undefined,
  });
  if (event) {
    const current = context.store.get('pull', pull.id) ?? pull;
    const kept = context.store.put('pull', {
      ...current,
      requestedReviewers: current.requestedReviewers.filter(
        login => login !== actor,
      ),
      updatedAt: timestamp(),
    });
    context.log.write('review', {
      actor,
      repository: `${repository.owner}/${repository.name}`,
      number: pull.number,
      state: review.state,
    });
    emitEvent(context, repository, actor, 'pull_request_review', {
      action: 'submitted',
      review: {
        ...reviewShape(context, repository, kept, review),
        state: review.state.toLowerCase(),
      },
      pull_request: simplePullShape(context, repository, kept),
    });
  }
  return review;
}
