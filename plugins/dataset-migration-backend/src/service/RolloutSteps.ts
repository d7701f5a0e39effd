import { isError } from '@backstage/errors';
import { LoggerService } from '@backstage/backend-plugin-api';
import {
  MigrationPlan,
  readRolloutRules,
} from 'backstage-plugin-dataset-migration-common';
import { MigrationRecord, RunRecord, TargetRecord } from '../database/records';
import { Stores } from '../database/stores';
import { Publisher, Reverter } from '../domain/services';
import { EditedByPeopleError } from '../rollout/EditedByPeopleError';
import { pullRequestText, revertText } from '../rollout/pullRequestText';
import { PublishingHours } from '../waves/PublishingHours';
import { ApprovedChange, approvedChange } from './approvedChange';
import { planOf } from './planOf';
import { TargetService } from './TargetService';

/** So often an approved change is verified again on a base that keeps moving … */
const MAX_VERIFICATIONS = 5;
/** … and then it is published on the commit of the last verification, if that is this fresh. */
const FRESH_MS = 10 * 60_000;

/** A person may resume at any time. */
const LOOK_AGAIN_MS = 15_000;

/** The runs that happen in the backend: publish one approved change, take one back. */
export class RolloutSteps {
  readonly #stores: Stores;
  readonly #targets: TargetService;
  readonly #publisher: Publisher;
  readonly #reverter: Reverter;
  readonly #hours: PublishingHours;
  readonly #portalUrl: string;
  readonly #logger: LoggerService;
  readonly #now: () => number;

  constructor(options: {
    stores: Stores;
    targets: TargetService;
    publisher: Publisher;
    reverter: Reverter;
    hours: PublishingHours;
    portalUrl: string;
    logger: LoggerService;
    now?: () => number;
  }) {
    this.#stores = options.stores;
    this.#targets = options.targets;
    this.#publisher = options.publisher;
    this.#reverter = options.reverter;
    this.#hours = options.hours;
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
    const { plan, mapping } = planOf(
      await this.#stores.migrations.getPlan(target.migrationId),
    );
    await this.#mayPublish(target, migration, plan);
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

  /**
   * Between its wave and its turn in the queue the hour may have passed, or the migration been
   * stopped. What goes back has to be opened, or not, before that is known.
   */
  async #mayPublish(
    target: TargetRecord,
    migration: MigrationRecord,
    plan: MigrationPlan,
  ): Promise<void> {
    if (['paused', 'halted'].includes(migration.state)) {
      throw notYet(`The migration is ${migration.state}.`, LOOK_AGAIN_MS);
    }
    if (migration.state !== 'active' || target.pullRequest) return;
    const rules = readRolloutRules(plan.spec.rollout);
    const { open, at } = (await this.#hours.of(rules, [target.owner]))(
      target.owner,
    );
    if (open) return;
    const message = 'It is outside the hours in which the plan publishes.';
    await this.#targets.apply(target, 'block', {
      blocked: 'window',
      retryAt: at,
      reason: 'OUTSIDE_WINDOW',
      message,
    });
    throw notYet(message, at);
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

/** Comes back then (UTC epoch milliseconds), which costs no attempt. */
function notYet(message: string, retryAt: number): Error {
  const failure = { signature: 'NOT_YET', message, retryable: true, retryAt };
  return Object.assign(new Error(message), { failure });
}
