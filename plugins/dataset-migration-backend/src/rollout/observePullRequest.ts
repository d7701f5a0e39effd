import { TargetRecord } from '../database/records';
import { TargetEvents } from '../domain/services';
import { CheckSummary } from '../forge/CheckSummary';
import { ForgePullRequest } from '../forge/ForgePullRequest';

/** One event of the target state machine, with what to record beside it. */
export interface Observed {
  event: string;
  details: NonNullable<Parameters<TargetEvents['apply']>[2]>;
}

/** What the follower itself puts in the way, and so may take away again. */
const OURS = [undefined, 'checks-pending', 'checks-failing', 'conflict'];

/** What an open target's pull request says, or undefined when nothing is new. */
export function observePullRequest(
  target: TargetRecord,
  found: ForgePullRequest,
  checks: CheckSummary,
): Observed | undefined {
  const pullRequest = recordOf(found);
  if (found.state === 'merged') {
    return {
      event: 'merged',
      details: { pullRequest, mergedCommit: found.mergedCommit },
    };
  }
  if (found.state === 'closed') {
    return {
      event: 'closed-by-people',
      details: {
        pullRequest,
        reason: 'PULL_REQUEST_CLOSED',
        message: `People closed pull request #${found.number} without merging it.`,
      },
    };
  }
  if (found.headCommit !== target.pushedCommit) {
    return editedByPeople(target, found);
  }
  if (target.blocked === 'edited-by-people') {
    return { event: 'unblock', details: { pullRequest } };
  }
  if (found.mergeable === false) {
    return {
      event: 'conflict',
      details: {
        pullRequest,
        reason: 'CONFLICT_WITH_BASE',
        message: `Pull request #${found.number} conflicts with its base branch; the change is made again.`,
      },
    };
  }
  return observeChecks(target, checks);
}

/** What the pull request of a reverse change says, or undefined when nothing is new. */
export function observeRevert(
  target: TargetRecord,
  found: ForgePullRequest,
): Observed | undefined {
  const branch = target.revert?.branch ?? found.branch;
  const revert = { ...recordOf(found), branch };
  if (found.state === 'merged') {
    return { event: 'reverted', details: { revert } };
  }
  if (found.state === 'closed') {
    return {
      event: 'revert-failed',
      details: {
        revert,
        reason: 'REVERT_CLOSED',
        message: `People closed pull request #${found.number}, which takes the change back.`,
      },
    };
  }
  if (found.mergeable === false) {
    return {
      event: 'revert-failed',
      details: {
        revert,
        reason: 'REVERT_CONFLICT',
        message: `Pull request #${found.number}, which takes the change back, conflicts with its base branch.`,
      },
    };
  }
  return undefined;
}

function recordOf(found: ForgePullRequest) {
  const { number, url, state, headCommit } = found;
  return { number, url, state, headCommit };
}

function editedByPeople(
  target: TargetRecord,
  found: ForgePullRequest,
): Observed | undefined {
  if (
    target.blocked === 'edited-by-people' &&
    target.pullRequest?.headCommit === found.headCommit
  ) {
    return undefined;
  }
  return {
    event: 'edited-by-people',
    details: {
      pullRequest: recordOf(found),
      reason: 'EDITED_BY_PEOPLE',
      message: `The branch is at ${found.headCommit.slice(
        0,
        12,
      )}, which we did not push: it is theirs now.`,
    },
  };
}

function observeChecks(
  target: TargetRecord,
  checks: CheckSummary,
): Observed | undefined {
  // A pause or a halt stays, whatever the checks say.
  if (!OURS.includes(target.blocked)) return undefined;
  if (checks.failing.length) {
    return blockedBy(
      target,
      'checks-failing',
      `Failing: ${names(checks.failing)}.`,
    );
  }
  if (checks.pending.length) {
    return blockedBy(
      target,
      'checks-pending',
      `Running: ${names(checks.pending)}.`,
    );
  }
  return target.blocked ? { event: 'unblock', details: {} } : undefined;
}

function blockedBy(
  target: TargetRecord,
  blocked: string,
  message: string,
): Observed | undefined {
  const known = target.blocked === blocked && target.message === message;
  return known ? undefined : { event: 'block', details: { blocked, message } };
}

/** Names of checks come from repositories: one line, and not all of them. */
function names(checks: string[]): string {
  const shown = [...checks]
    .sort()
    .slice(0, 5)
    .map(name => name.replace(/\s+/g, ' ').slice(0, 80));
  const more = checks.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
