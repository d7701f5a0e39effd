import type { GitCommit } from '../git/parseCommits';
import type { GitFileChange } from '../git/parseDiff';
import type { ForgeContext } from '../server/ForgeContext';
import { checkResults, type PullDetails } from '../server/pullDetails';
import type { PullRecord, RepositoryRecord } from '../store/records';
import { commitList } from './commitList';
import { diffView } from './diffView';
import { html, type Html } from './html';
import { markdown } from './markdown';
import { repositoryPath } from './page';

/** What the page of a pull request shows. */
export interface PullViewData {
  readonly context: ForgeContext;
  readonly repository: RepositoryRecord;
  readonly pull: PullRecord;
  readonly details: PullDetails;
  readonly changes: readonly GitFileChange[];
  readonly commits: readonly GitCommit[];
  /** Why the last button did not work. */
  readonly problem?: string;
}

function stateOf(pull: PullRecord): string {
  if (pull.mergedAt) {
    return 'Merged';
  }
  if (pull.state === 'closed') {
    return 'Closed';
  }
  return pull.draft ? 'Draft' : 'Open';
}

function mergeability({ repository, pull, details }: PullViewData): string {
  if (repository.archived || repository.readOnly) {
    return 'This repository takes no changes.';
  }
  if (!details.mergeable) {
    return 'This branch has conflicts that must be resolved.';
  }
  if (pull.draft) {
    return 'This pull request is still a draft.';
  }
  return (
    details.blockedBy ?? 'This branch has no conflicts with the base branch.'
  );
}

function actions(data: PullViewData): Html {
  const { repository, pull, details } = data;
  const address = `${repositoryPath(repository)}/pull/${pull.number}`;
  const frozen = repository.archived || repository.readOnly;
  const button = (
    action: string,
    text: string,
    style: string,
    disabled = false,
  ) => html`<form method="post" action="${address}/${action}">
    <button class="${style}" ${disabled ? html`disabled` : ''}>${text}</button>
  </form>`;
  if (pull.mergedAt) {
    return html`<p class="soft">
      Merged by ${pull.mergedBy} at ${pull.mergedAt} as
      <a href="${repositoryPath(repository)}/commit/${pull.mergeCommitSha}"
        ><code>${pull.mergeCommitSha?.slice(0, 7)}</code></a
      >
    </p>`;
  }
  if (pull.state === 'closed') {
    return html`<div class="actions">
      <span class="soft">Closed at ${pull.closedAt} without a merge.</span>
      ${button('reopen', 'Reopen pull request', '', frozen)}
    </div>`;
  }
  const blocked =
    frozen || !details.mergeable || pull.draft || Boolean(details.blockedBy);
  return html`<p class="soft">${mergeability(data)}</p>
    <div class="actions">
      ${button('merge', 'Merge pull request', 'primary', blocked)}
      ${button('approve', 'Approve', '', frozen)}
      ${button('close', 'Close pull request', 'danger', frozen)}
    </div>`;
}

function conversation({ context, repository, pull }: PullViewData): Html {
  const reviews = context.store
    .all('review')
    .filter(review => review.pullId === pull.id && review.state !== 'PENDING');
  const comments = context.store
    .all('comment')
    .filter(comment => comment.pullId === pull.id);
  const checks = [...checkResults(context, repository, pull.headSha)];
  return html`${comments.map(
    comment => html`<div class="box">
      <div class="head">
        <strong>${comment.user}</strong>
        <span class="soft">${comment.createdAt}</span>
      </div>
      <div class="pad body">${markdown(comment.body)}</div>
    </div>`,
  )}
  ${reviews.length + checks.length > 0 &&
  html`<div class="box">
    ${reviews.map(
      review => html`<div class="row">
        <strong>${review.user}</strong>
        ${review.state.toLowerCase().replace('_', ' ')}
        <span>${review.body}</span>
        <span class="end">${review.submittedAt}</span>
      </div>`,
    )}
    ${checks.map(
      ([name, result]) => html`<div class="row">
        Check <strong>${name}</strong> ${result}
      </div>`,
    )}
  </div>`}`;
}

/** The page of a pull request. */
export function pullView(data: PullViewData): Html {
  const { pull, commits } = data;
  const state = stateOf(pull);
  const reviewers = [
    ...pull.requestedReviewers,
    ...pull.requestedTeams.map(slug => `${data.repository.owner}/${slug}`),
  ];
  return html`${data.problem &&
    html`<div class="flash" role="alert">${data.problem}</div>`}
    <h1>${pull.title} <span class="soft">#${pull.number}</span></h1>
    <p>
      <span class="state ${state.toLowerCase()}">${state}</span>
      <strong>${pull.user}</strong> wants to merge ${commits.length}
      commit${commits.length === 1 ? '' : 's'} into
      <code>${pull.baseRef}</code> from <code>${pull.headRef}</code>
      ${pull.labels.map(name => html` <span class="label">${name}</span>`)}
    </p>
    ${reviewers.length > 0 &&
    html`<p class="soft">Review requested from ${reviewers.join(', ')}</p>`}
    <div class="box">
      <div class="head">
        <strong>${pull.user}</strong>
        <span class="soft">${pull.createdAt}</span>
      </div>
      <div class="pad body">
        ${pull.body
          ? markdown(pull.body)
          : html`<p class="soft">No description.</p>`}
      </div>
    </div>
    ${conversation(data)}
    <div class="box pad">${actions(data)}</div>
    <h2>Commits</h2>
    ${commitList(data.repository, commits)}
    <h2>Files changed</h2>
    ${diffView(data.changes)}`;
}
