import { randomUUID } from 'node:crypto';
import { ConflictError, InputError, NotAllowedError } from '@backstage/errors';
import {
  Api,
  FieldAnswer,
  transitionTarget,
} from 'backstage-plugin-dataset-migration-common';
import {
  ChangeRecord,
  MigrationRecord,
  TargetRecord,
} from '../database/records';
import { Stores } from '../database/stores';
import { planOf } from './planOf';
import { requireRung } from './planPolicy';
import { questionsOf } from './RunResults';
import { RunPlanner } from './RunPlanner';
import { positionOf, TargetService } from './TargetService';

export const TARGET_ACTIONS = [
  'approve',
  'ask-for-changes',
  'answer',
  'skip',
  'retry',
  'simulate',
  'roll-back',
] as const;
export type TargetAction = (typeof TARGET_ACTIONS)[number];

/** What people decide about one target. Who may decide is checked before. */
export class TargetDecisions {
  readonly #stores: Stores;
  readonly #targets: TargetService;
  readonly #planner: RunPlanner;

  constructor(options: {
    stores: Stores;
    targets: TargetService;
    planner: RunPlanner;
  }) {
    this.#stores = options.stores;
    this.#targets = options.targets;
    this.#planner = options.planner;
  }

  /** @throws InputError for a name that is no action. */
  static parse(action: string): TargetAction {
    const known = TARGET_ACTIONS.find(each => each === action);
    if (!known) {
      throw new InputError(
        `"${action}" is not an action. Known are ${TARGET_ACTIONS.join(', ')}.`,
      );
    }
    return known;
  }

  async decide(
    target: TargetRecord,
    migration: MigrationRecord,
    action: TargetAction,
    request: Api.TargetActionRequest,
    actor: string,
  ): Promise<TargetRecord> {
    const updated = await this.#apply(
      target,
      migration,
      action,
      request,
      actor,
    );
    await this.#planner.ensureRun(updated, migration);
    return updated;
  }

  /** Why this person may not approve although the permission says so; undefined when they may. */
  async whyNotApprove(
    target: TargetRecord,
    migration: MigrationRecord,
    actor: string,
  ): Promise<string | undefined> {
    const { plan } = planOf(
      await this.#stores.migrations.getPlan(target.migrationId),
    );
    if (plan.spec.approval?.fourEyes === false) return undefined;
    if (migration.startedBy === actor) {
      return 'You started this migration: another owner has to approve (four eyes).';
    }
    const authors = await this.#authors(target);
    return authors.has(actor)
      ? 'You answered or asked for something in this change: another owner has to approve (four eyes).'
      : undefined;
  }

  async #apply(
    target: TargetRecord,
    migration: MigrationRecord,
    action: TargetAction,
    request: Api.TargetActionRequest,
    actor: string,
  ): Promise<TargetRecord> {
    switch (action) {
      case 'approve':
        return this.#approve(target, migration, request, actor);
      case 'ask-for-changes':
        return this.#targets.apply(target, 'ask-for-changes', {
          actor,
          note: required(request.note, 'note', 'Say what should change.'),
          message: request.note,
        });
      case 'answer':
        return this.#answer(target, request, actor);
      case 'skip':
        return this.#targets.apply(target, 'skip', {
          actor,
          reason: 'SKIPPED',
          message: required(request.reason, 'reason', 'Say why it is skipped.'),
        });
      default:
        return this.#targets.apply(target, action, { actor });
    }
  }

  async #approve(
    target: TargetRecord,
    migration: MigrationRecord,
    request: Api.TargetActionRequest,
    actor: string,
  ): Promise<TargetRecord> {
    const change = await this.#change(target);
    if (request.digest !== change.digest) {
      throw new ConflictError(
        'The change is not the one you looked at any more. Look at it again before you approve.',
      );
    }
    const whyNot = await this.whyNotApprove(target, migration, actor);
    if (whyNot) throw new NotAllowedError(whyNot);
    if (!target.owner) {
      throw new ConflictError(
        'No entity of the catalog owns this code. Register it with an owner first.',
      );
    }
    if (!change.patch) {
      throw new ConflictError('There is no change to approve yet.');
    }
    const context = {
      openQuestions: questionsOf(change.findings).length,
      evidenceFailed: change.evidence.some(each => each.verdict === 'failed'),
    };
    // Nothing goes on record that the target does not take.
    transitionTarget(positionOf(target), 'approve', context);
    const { plan } = planOf(
      await this.#stores.migrations.getPlan(target.migrationId),
    );
    requireRung(plan, change.rung);
    // The approval comes first: killed in between, nothing is published without one.
    await this.#stores.changes.approve({
      id: randomUUID(),
      targetId: target.id,
      changeId: change.id,
      digest: change.digest,
      decidedBy: actor,
      decidedAt: Date.now(),
      note: request.note,
    });
    return this.#targets.apply(
      target,
      'approve',
      { actor, message: request.note },
      context,
    );
  }

  async #answer(
    target: TargetRecord,
    request: Api.TargetActionRequest,
    actor: string,
  ): Promise<TargetRecord> {
    const change = await this.#change(target);
    const asked = questionsOf(change.findings);
    const answers = (request.answers ?? []).map(answer =>
      checkAnswer(answer, asked),
    );
    if (answers.length === 0) {
      throw new InputError('Give at least one answer.');
    }
    const isReplaced = (old: FieldAnswer) =>
      answers.some(each => each.field === old.field && each.path === old.path);
    return this.#targets.apply(target, 'answer', {
      actor,
      answers: [...target.answers.filter(old => !isReplaced(old)), ...answers],
    });
  }

  async #change(target: TargetRecord): Promise<ChangeRecord> {
    if (!target.changeId) {
      throw new ConflictError(
        'The target has no change yet. Simulate it first.',
      );
    }
    return this.#stores.changes.get(target.changeId);
  }

  async #authors(target: TargetRecord): Promise<Set<string>> {
    const authors = new Set<string>();
    let cursor: string | undefined;
    do {
      const page = await this.#stores.activity.list(
        { targetId: target.id },
        { cursor, limit: 200 },
      );
      for (const activity of page.items) {
        if (['answer', 'ask-for-changes', 'edit'].includes(activity.kind)) {
          authors.add(activity.actor);
        }
      }
      cursor = page.nextCursor;
    } while (cursor);
    return authors;
  }
}

function required(value: string | undefined, name: string, help: string) {
  if (!value?.trim()) throw new InputError(`${name}: ${help}`);
  return value;
}

function checkAnswer(
  answer: Api.FieldAnswer,
  asked: Api.Finding[],
): FieldAnswer {
  const question = asked.find(each => each.field === answer.field);
  if (!question) {
    throw new InputError(`Nobody asked about the field "${answer.field}".`);
  }
  const { kind, is } = answer.answer;
  if (kind !== 'expression') return { ...answer, answer: { kind } };
  if (!question.question?.options.some(option => option.is === is)) {
    throw new InputError(
      `"${is}" is not one of the options for "${answer.field}".`,
    );
  }
  return { ...answer, answer: { kind, is: is! } };
}
