import { Api } from 'backstage-plugin-dataset-migration-common';
import { PermissionRefusals } from '../hooks/usePermissionRefusals';
import { waitingForPeople } from './progressSegments';
import { MigrationAction, START, resumeAction } from './migrationActions';

/** A step that the state of a migration and its targets allows now. */
export type NextStep =
  | { kind: 'action'; action: MigrationAction; effect: string }
  | ReviewStep;

/** A list that people go through. */
export interface ReviewStep {
  kind: 'review';
  view: 'review' | 'questions';
  label: string;
  effect: string;
}

/** What the primary button is, and the steps that are sensible beside it. */
export interface ChosenStep {
  primary?: NextStep;
  /** Why the primary one cannot be taken by this person. */
  refusal?: string;
  others: NextStep[];
}

/** Every step that is open, in the order in which a migration takes them. */
export function openSteps(migration: Api.Migration): NextStep[] {
  const { state, nextStep } = migration;
  if (state === 'draft') {
    const own = nextStep.action === 'start' ? nextStep : undefined;
    return [
      step({ ...START, label: own?.label || START.label }, own?.effect ?? ''),
    ];
  }
  if (state === 'paused' || state === 'halted') {
    return [step(resumeAction(state), 'The migration goes on where it was.')];
  }
  if (state !== 'active') {
    return [];
  }
  const steps: NextStep[] = [];
  const pending = count(migration, each => each.state === 'pending');
  if (pending > 0) {
    steps.push(
      step(
        {
          id: 'simulate',
          label: `Simulate ${pending}`,
          permission: 'simulate',
        },
        'Writes and verifies the changes; nothing outside the portal changes.',
      ),
    );
  }
  const { reviews, questions } = waitingForPeople(migration.progress.counts);
  if (reviews > 0) {
    steps.push({
      kind: 'review',
      view: 'review',
      label: `Review ${reviews}`,
      effect: 'Opens the changes to look at.',
    });
  }
  if (questions > 0) {
    steps.push({
      kind: 'review',
      view: 'questions',
      label: `Answer ${questions} ${
        questions === 1 ? 'question' : 'questions'
      }`,
      effect: 'Opens the questions; each answer starts a simulation.',
    });
  }
  // Waves that follow open by themselves, and publish what is approved in them.
  const approved = count(migration, each => each.state === 'approved');
  if (approved > 0 && !migration.openWave) {
    steps.push(
      step(
        { id: 'publish', label: 'Publish wave 1', permission: 'publish' },
        'Opens its pull requests; none is merged.',
      ),
    );
  }
  return steps;
}

/**
 * The first step that this person may take. Where there is none the first review, which
 * everybody may look at, else the first step with the reason why it is not theirs.
 */
export function chooseStep(
  migration: Api.Migration,
  refusals: PermissionRefusals,
  /** Why this person may not decide on what waits for review; undefined when they may. */
  reviewRefusal: string | undefined,
): ChosenStep {
  const steps = openSteps(migration);
  const refusalOf = (each: NextStep) =>
    each.kind === 'review'
      ? reviewRefusal
      : planRefusal(migration) ?? refusals[each.action.permission];
  const primary =
    steps.find(each => refusalOf(each) === undefined) ??
    steps.find(each => each.kind === 'review') ??
    steps[0];
  return {
    primary,
    refusal: primary && refusalOf(primary),
    others: steps.filter(each => each !== primary),
  };
}

function planRefusal(migration: Api.Migration): string | undefined {
  return migration.state === 'draft' && migration.planErrors > 0
    ? 'Correct the errors of the plan first.'
    : undefined;
}

function step(action: MigrationAction, effect: string): NextStep {
  return { kind: 'action', action, effect };
}

function count(
  migration: Api.Migration,
  takes: (count: Api.TargetCount) => boolean,
): number {
  return migration.progress.counts
    .filter(takes)
    .reduce((sum, each) => sum + each.count, 0);
}
