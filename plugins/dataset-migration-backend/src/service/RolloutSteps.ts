import { isError } from '@backstage/errors';
import { LoggerService } from '@backstage/backend-plugin-api';
import { RunRecord, TargetRecord } from '../database/records';
import { Stores } from '../database/stores';
import { Publisher, Reverter } from '../domain/services';
import { EditedByPeopleError } from '../rollout/EditedByPeopleError';
import { pullRequestText, revertText } from '../rollout/pullRequestText';
import { ApprovedChange, approvedChange } from './approvedChange';
import { planOf } from './planOf';
import { TargetService } from './TargetService';

/** So often an approved change is verified again on a base that keeps moving … */
const MAX_VERIFICATIONS = 5;
/** … and then it is published on the commit of the last verification, if that is this fresh. */
const FRESH_MS = 10 * 60_000;

/** The runs that happen in the backend: publish one approved change, take one back. */
export class RolloutSteps {
  readonly #stores: Stores;
  readonly #targets: TargetService;
  readonly #publisher: Publisher;
  readonly #reverter: Reverter;
  readonly #portalUrl: string;
  readonly #logger: LoggerService;
  readonly #now: () => number;

  constructor(options: {
    stores: Stores;
    targets: TargetService;
    publisher: Publisher;
    reverter: Reverter;
    portalUrl: string;
    logger: LoggerService;
    now?: () => number;
  }) {
    this.#stores = options.stores;
    this.#targets = options.targets;
    this.#publisher = options.publisher;
    this.#reverter = options.reverter;
    this.#portalUrl = options.portalUrl;
    this.#logger = options.logger;
    this.#now = options.now ?? Date.now;
  }

  async publish(
    run: RunRecord,
    target: TargetRecord,
    signal: AbortSignal,
  ): Promise<void> {
    if (target.state !== 'publishing') return;
    const found = await approvedChange(this.#stores, target);
    if (!found) {
      await this.#targets.apply(target, 'failed', {
        reason: 'NOT_APPROVED',
        message: 'The approval was voided before the change was published.',
      });
      return;
    }
    const change = found.verified;
    const migration = await this.#stores.migrations.get(target.migrationId);
    const { mapping } = planOf(
      await this.#stores.migrations.getPlan(target.migrationId),
    );
    const text = pullRequestText({
      migration,
      target,
      change,
      mapping,
      portalUrl: this.#portalUrl,
    });
    try {
      const opened = await this.#publisher.publish(
        target,
        change,
        text,
        signal,
        { onVerifiedBase: isVerifiedEnough(found, this.#now()) },
      );
      await this.#targets.apply(target, 'opened', opened);
    } catch (error) {
      await this.#publishFailed(run, target, error);
    }
  }

  async rollback(
    _run: RunRecord,
    target: TargetRecord,
    signal: AbortSignal,
  ): Promise<void> {
    if (target.state !== 'reverting' || target.revert) return;
    const migration = await this.#stores.migrations.get(target.migrationId);
    const text = revertText({
      migration,
      target,
      portalUrl: this.#portalUrl,
      reason: migration.reason,
    });
    const reverted = await this.#reverter.revert(target, text, signal);
    if (reverted.kind === 'closed') {
      await this.#targets.apply(target, 'reverted', {
        pullRequest: target.pullRequest && {
          ...target.pullRequest,
          state: 'closed',
        },
        message:
          reverted.message ??
          'The pull request is closed and its branch deleted.',
      });
    } else if (reverted.kind === 'proposed') {
      // Shown as "rollback proposed" until the reverse change is merged.
      await this.#targets.apply(target, 'unblock', {
        revert: reverted.revert,
        message: 'Rollback proposed: the reverse change waits to be merged.',
      });
    } else {
      await this.#targets.apply(target, 'revert-failed', {
        reason: 'REVERT_CONFLICT',
        message: reverted.message,
      });
    }
  }

  /** Their pull request is followed as ours would be; without one they have to go on. */
  async #leaveToPeople(
    target: TargetRecord,
    { branch, message, pullRequest }: EditedByPeopleError,
  ): Promise<void> {
    await this.#targets.apply(
      target,
      'edited-by-people',
      {
        branch,
        ...(pullRequest && { pullRequest }),
        reason: 'EDITED_BY_PEOPLE',
        message: pullRequest
          ? message
          : `${message} Open a pull request from it, or delete it and retry.`,
      },
      { pullRequestExists: pullRequest !== undefined },
    );
  }

  async #publishFailed(
    run: RunRecord,
    target: TargetRecord,
    error: unknown,
  ): Promise<void> {
    if (isError(error) && error.name === 'BaseChangedError') {
      await this.#stores.changes.voidApprovals(
        target.id,
        'The files it changes were changed on the base branch.',
      );
      await this.#targets.apply(target, 'base-changed', {
        reason: 'BASE_CHANGED',
        message: 'Its files changed on the base branch: it is simulated again.',
      });
      return;
    }
    if (isError(error) && error.name === 'BaseMovedError') {
      await this.#targets.apply(target, 'base-moved', {
        reason: 'BASE_MOVED',
        message: `${error.message} It is verified again before it is published.`,
      });
      return;
    }
    if (error instanceof EditedByPeopleError) {
      await this.#leaveToPeople(target, error);
      return;
    }
    this.#logger.warn('A change could not be published', {
      runId: run.id,
      targetId: target.id,
      error: String(error),
    });
    throw error;
  }
}

/** A base that moves faster than runs verify must not keep a change from people for ever. */
function isVerifiedEnough(
  { verified, verifications }: ApprovedChange,
  now: number,
) {
  return (
    verifications >= MAX_VERIFICATIONS && now - verified.createdAt < FRESH_MS
  );
}
