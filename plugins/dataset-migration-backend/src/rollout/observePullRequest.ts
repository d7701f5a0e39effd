import { TargetRecord } from '../database/records';
import { TargetEvents } from '../domain/services';
import { CheckSummary } from '../forge/CheckSummary';
import { ForgePullRequest } from '../forge/ForgePullRequest';
import { checkFacts } from './checkFacts';

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
  more: {
    /** Checks of the base; absent where nobody asked. */
    onBase?: CheckSummary;
    /** Of one that was closed. */
    calledWrong?: boolean;
  } = {},
): Observed | undefined {
  const pullRequest = recordOf(found);
  if (found.state === 'merged') {
    const { mergedAt } = found;
    const baseFailing = more.onBase?.failing.slice(0, 50);
    return {
      event: 'merged',
      details: {
        pullRequest,
        mergedCommit: found.mergedCommit,
        facts: { ...target.facts, mergedAt, baseFailing },
      },
    };
  }
  if (found.state === 'closed') {
    return {
      event: 'closed-by-people',
      details: {
        pullRequest,
        reason: more.calledWrong
          ? 'PULL_REQUEST_CLOSED_AS_WRONG'
          : 'PULL_REQUEST_CLOSED',
        message: more.calledWrong
          ? `People closed pull request #${found.number} and called its change wrong.`
          : `People closed pull request #${found.number} without merging it.`,
        facts: {
          ...target.facts,
          closed: { at: 0, asWrong: more.calledWrong ?? false },
        },
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
  return withFacts(
    target,
    observeChecks(target, checks),
    checkFacts(target.facts, checks, more.onBase),
  );
}

/** What the checks say is on record with the step they lead to, or with one of its own. */
function withFacts(
  target: TargetRecord,
  observed: Observed | undefined,
  facts: TargetRecord['facts'],
): Observed | undefined {
  if (facts === target.facts) return observed;
  if (observed) {
    return { ...observed, details: { ...observed.details, facts } };
  }
  // Somebody's pause stays.
  const { blocked, message } = target;
  return blocked
    ? { event: 'block', details: { blocked, message, facts } }
    : { event: 'unblock', details: { facts } };
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
