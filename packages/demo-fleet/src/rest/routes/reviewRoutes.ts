import type { Request, Router } from 'express';
import { changePull } from '../../server/changePull';
import { emitEvent } from '../../server/emitEvent';
import type { ForgeContext } from '../../server/ForgeContext';
import { submitReview } from '../../server/submitReview';
import type {
  PullRecord,
  RepositoryRecord,
  ReviewRecord,
} from '../../store/records';
import { GithubError, notFound } from '../GithubError';
import { bodyOf, textOf, textsOf } from '../requestInput';
import { pageItems } from '../sendPage';
import { simplePullShape } from '../shapes/pullShape';
import { reviewShape } from '../shapes/reviewShape';
import { teamShape, userShape } from '../shapes/userShape';
import { pullOf, readableRepository, writableRepository } from '../viewer';

function reviewOf(
  context: ForgeContext,
  request: Request,
  pull: PullRecord,
): ReviewRecord {
  const review = context.store.get('review', Number(request.params.review));
  if (!review || review.pullId !== pull.id) {
    throw notFound();
  }
  return review;
}

function requestedOf(
  context: ForgeContext,
  request: Request,
  repository: RepositoryRecord,
) {
  const body = bodyOf(request);
  const reviewers = textsOf(body, 'reviewers') ?? [];
  const teams = textsOf(body, 'team_reviewers') ?? [];
  for (const login of reviewers) {
    if (context.accounts.find(login)?.type !== 'User') {
      throw new GithubError(
        422,
        `Reviews may only be requested from collaborators. One or more of the users or teams you specified is not a collaborator of the ${repository.owner}/${repository.name} repository.`,
      );
    }
  }
  for (const slug of teams) {
    if (!context.teams.includes(slug)) {
      throw new GithubError(
        422,
        `Could not resolve to a node with the global id of '${slug}'.`,
      );
    }
  }
  return { reviewers, teams };
}

/** Reviews and requests for them. */
export function reviewRoutes(context: ForgeContext, router: Router): void {
  const base = '/repos/:owner/:repo/pulls/:number(\\d+)';

  router.get(`${base}/reviews`, (request, response) => {
    const repository = readableRepository(context, request, response);
    const pull = pullOf(context, request, repository);
    const reviews = context.store
      .all('review')
      .filter(
        review =>
          review.pullId === pull.id &&
          (review.state !== 'PENDING' ||
            review.user === response.locals.viewer?.login),
      );
    response.json(
      pageItems(context, request, response, reviews).map(review =>
        reviewShape(context, repository, pull, review),
      ),
    );
  });

  router.post(`${base}/reviews`, (request, response) => {
    const { repository, viewer } = writableRepository(
      context,
      request,
      response,
    );
    const pull = pullOf(context, request, repository);
    const body = bodyOf(request);
    const review = submitReview({
      context,
      repository,
      pull,
      actor: viewer.login,
      event: textOf(body, 'event'),
      body: textOf(body, 'body'),
      commitId: textOf(body, 'commit_id'),
    });
    response.json(reviewShape(context, repository, pull, review));
  });

  router.get(`${base}/reviews/:review(\\d+)`, (request, response) => {
    const repository = readableRepository(context, request, response);
    const pull = pullOf(context, request, repository);
    const review = reviewOf(context, request, pull);
    response.json(reviewShape(context, repository, pull, review));
  });

  router.post(`${base}/reviews/:review(\\d+)/events`, (request, response) => {
    const { repository, viewer } = writableRepository(
      context,
      request,
      response,
    );
    const pull = pullOf(context, request, repository);
    const pending = reviewOf(context, request, pull);
    if (pending.state !== 'PENDING' || pending.user !== viewer.login) {
      throw new GithubError(422, 'Can not submit a review that is not pending');
    }
    const body = bodyOf(request);
    const review = submitReview({
      context,
      repository,
      pull,
      actor: viewer.login,
      event: textOf(body, 'event'),
      body: textOf(body, 'body') ?? pending.body,
      commitId: pending.commitId,
      pending,
    });
    response.json(reviewShape(context, repository, pull, review));
  });

  router.get(`${base}/requested_reviewers`, (request, response) => {
    const repository = readableRepository(context, request, response);
    const pull = pullOf(context, request, repository);
    response.json({
      users: pull.requestedReviewers.map(login =>
        userShape(context.urls, context.accounts.get(login)),
      ),
      teams: pull.requestedTeams.map(slug =>
        teamShape(context.urls, repository.owner, slug),
      ),
    });
  });

  router.post(`${base}/requested_reviewers`, async (request, response) => {
    const { repository, viewer } = writableRepository(
      context,
      request,
      response,
    );
    const pull = pullOf(context, request, repository);
    const { reviewers, teams } = requestedOf(context, request, repository);
    if (reviewers.includes(pull.user)) {
      throw new GithubError(
        422,
        'Review cannot be requested from pull request author.',
      );
    }
    const updated = await changePull({
      context,
      repository,
      actor: viewer.login,
      action: 'review_requested',
      pull,
      change: {
        requestedReviewers: [
          ...new Set([...pull.requestedReviewers, ...reviewers]),
        ],
        requestedTeams: [...new Set([...pull.requestedTeams, ...teams])],
      },
    });
    response.status(201).json(simplePullShape(context, repository, updated));
  });

  router.delete(`${base}/requested_reviewers`, async (request, response) => {
    const { repository, viewer } = writableRepository(
      context,
      request,
      response,
    );
    const pull = pullOf(context, request, repository);
    const { reviewers, teams } = requestedOf(context, request, repository);
    const updated = await changePull({
      context,
      repository,
      actor: viewer.login,
      action: 'review_request_removed',
      pull,
      change: {
        requestedReviewers: pull.requestedReviewers.filter(
          login => !reviewers.includes(login),
        ),
        requestedTeams: pull.requestedTeams.filter(
          slug => !teams.includes(slug),
        ),
      },
    });
    response.json(simplePullShape(context, repository, updated));
  });

  router.put(
    `${base}/reviews/:review(\\d+)/dismissals`,
    (request, response) => {
      const { repository, viewer } = writableRepository(
        context,
        request,
        response,
      );
      const pull = pullOf(context, request, repository);
      const review = context.store.put('review', {
        ...reviewOf(context, request, pull),
        state: 'DISMISSED',
      });
      const shape = reviewShape(context, repository, pull, review);
      emitEvent(context, repository, viewer.login, 'pull_request_review', {
        action: 'dismissed',
        review: shape,
        pull_request: simplePullShape(context, repository, pull),
      });
      response.json(shape);
    },
  );
}
