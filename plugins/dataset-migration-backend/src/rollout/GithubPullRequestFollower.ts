import { TargetRecord } from '../database/records';
import { PullRequestFollower, TargetEvents } from '../domain/services';
import { CheckSummary } from '../forge/CheckSummary';
import { ForgePullRequest } from '../forge/ForgePullRequest';
import { GithubForge } from '../forge/GithubForge';
import { WRONG_LABELS } from '../forge/isCalledWrong';
import { isKnown } from './checkFacts';
import {
  observePullRequest,
  observeRevert,
  Observed,
} from './observePullRequest';

/** Reads one target's pull request and tells the target's state machine what changed there. */
export class GithubPullRequestFollower implements PullRequestFollower {
  readonly #forge: GithubForge;
  readonly #events: TargetEvents;

  constructor(options: { forge: GithubForge; events: TargetEvents }) {
    this.#forge = options.forge;
    this.#events = options.events;
  }

  /** @throws ForgeError; ConflictError when the target moved meanwhile. */
  async follow(target: TargetRecord, signal: AbortSignal): Promise<void> {
    const observed = await this.#observe(target, signal);
    if (observed) {
      await this.#events.apply(target, observed.event, observed.details);
    }
  }

  async #observe(
    target: TargetRecord,
    signal: AbortSignal,
  ): Promise<Observed | undefined> {
    const { repository, state } = target;
    if (!repository) return undefined;
    if (state === 'reverting' && target.revert) {
      const { number } = target.revert;
      return observeRevert(
        target,
        await this.#forge.getPullRequest({ repository, number, signal }),
      );
    }
    if (state !== 'open' || !target.pullRequest) return undefined;
    const { number } = target.pullRequest;
    const found = await this.#forge.getPullRequest({
      repository,
      number,
      signal,
    });
    const checks = await this.#checksOf(repository, target, found, signal);
    const onBase = await this.#checksOnBase(
      repository,
      target,
      found,
      checks,
      signal,
    );
    return observePullRequest(target, found, checks, {
      onBase,
      calledWrong:
        found.state === 'closed' &&
        (await this.#wasCalledWrong(repository, found, signal)),
    });
  }

  /** Asked for where it matters: to tell whose failure it is, and what was failing before a merge. */
  async #checksOnBase(
    repository: string,
    target: TargetRecord,
    found: ForgePullRequest,
    checks: CheckSummary,
    signal: AbortSignal,
  ): Promise<CheckSummary | undefined> {
    const isNew =
      checks.failing.length > 0 && !isKnown(target.facts?.checks, checks);
    if (!isNew && found.state !== 'merged') return undefined;
    const commit = found.baseCommit;
    return this.#forge.listChecks({ repository, commit, signal });
  }

  async #wasCalledWrong(
    repository: string,
    { number, labels }: ForgePullRequest,
    signal: AbortSignal,
  ): Promise<boolean> {
    return (
      labels.some(each => WRONG_LABELS.includes(each.toLowerCase())) ||
      this.#forge.wasCalledWrong({ repository, number, signal })
    );
  }

  /** Nobody asks for the checks of what is closed, not ours, or in conflict. */
  async #checksOf(
    repository: string,
    target: TargetRecord,
    found: ForgePullRequest,
    signal: AbortSignal,
  ): Promise<CheckSummary> {
    if (
      found.state !== 'open' ||
      found.mergeable === false ||
      found.headCommit !== target.pushedCommit
    ) {
      return { failing: [], pending: [], passed: [] };
    }
    const commit = found.headCommit;
    return this.#forge.listChecks({ repository, commit, signal });
  }
}
