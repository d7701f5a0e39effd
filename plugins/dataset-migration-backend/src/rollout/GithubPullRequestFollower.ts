import { TargetRecord } from '../database/records';
import { PullRequestFollower, TargetEvents } from '../domain/services';
import { CheckSummary } from '../forge/CheckSummary';
import { ForgePullRequest } from '../forge/ForgePullRequest';
import { GithubForge } from '../forge/GithubForge';
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
    return observePullRequest(
      target,
      found,
      await this.#checksOf(repository, target, found, signal),
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
      return { failing: [], pending: [], passed: 0 };
    }
    const commit = found.headCommit;
    return this.#forge.listChecks({ repository, commit, signal });
  }
}
