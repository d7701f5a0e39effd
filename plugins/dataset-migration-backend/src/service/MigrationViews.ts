import {
  Api,
  deriveMigrationProgress,
  MigrationCounts,
} from 'backstage-plugin-dataset-migration-common';
import { MigrationRecord } from '../database/records';
import { Stores } from '../database/stores';

type Counts = Api.TargetCount[];

/** Migrations with what is derived from their targets. */
export class MigrationViews {
  readonly #stores: Stores;

  constructor(stores: Stores) {
    this.#stores = stores;
  }

  async view(migration: MigrationRecord): Promise<Api.Migration> {
    const plan = await this.#stores.migrations.getPlan(migration.id);
    const counts = await this.#stores.targets.count(migration.id);
    const { openWave } = await this.#stores.rollouts.get(migration.id);
    const planErrors = plan.problems.filter(
      problem => problem.severity === 'error',
    ).length;
    return {
      id: migration.id,
      name: migration.name,
      title: migration.title,
      dataset: migration.dataset,
      targetDataset: plan.mapping?.to.dataset,
      campaignId: migration.campaignId,
      state: migration.state as Api.Migration['state'],
      outcome: migration.outcome,
      reason: migration.reason,
      deadline: migration.deadline,
      planVersion: migration.planVersion,
      planErrors,
      openWave: openWave || undefined,
      createdBy: migration.createdBy,
      startedBy: migration.startedBy,
      createdAt: migration.createdAt,
      updatedAt: migration.updatedAt,
      progress: progressOf(migration, counts),
      nextStep: nextStep(migration, counts, planErrors, openWave > 0),
    };
  }

  async viewAll(migrations: MigrationRecord[]): Promise<Api.Migration[]> {
    const views: Api.Migration[] = [];
    for (const migration of migrations) views.push(await this.view(migration));
    return views;
  }
}

/** Total, phase and counts of one migration or of several taken together. */
export function progressOf(
  position: { state: string; outcome?: string },
  counts: Counts,
): Api.Progress {
  const targets: Record<string, number> = {};
  const outcomes: Record<string, number> = {};
  for (const each of counts) {
    targets[each.state] = (targets[each.state] ?? 0) + each.count;
    if (each.outcome) {
      outcomes[each.outcome] = (outcomes[each.outcome] ?? 0) + each.count;
    }
  }
  const derived = deriveMigrationProgress({
    ...position,
    targets,
    outcomes,
  } as MigrationCounts);
  return { total: derived.total, phase: derived.sentence, counts };
}

/** The one button: the next sensible step. */
export function nextStep(
  migration: Pick<MigrationRecord, 'state'>,
  counts: Counts,
  planErrors: number,
  /** Whether a wave is open. */
  isStarted = false,
): Api.NextStep {
  const at = (state: string, blocked?: string[]) =>
    counts
      .filter(
        each =>
          each.state === state &&
          (!blocked || blocked.includes(each.blocked ?? '')),
      )
      .reduce((sum, each) => sum + each.count, 0);
  if (migration.state === 'draft' && planErrors === 0) {
    return step('start', 'Find consumers', 'Asks the catalog who reads it.');
  }
  if (migration.state !== 'active') return step('none', '', '');
  const pending = at('pending');
  if (pending > 0) {
    return step(
      'simulate',
      `Simulate ${pending}`,
      'Writes and verifies the changes; nothing outside the portal changes.',
    );
  }
  const approved = at('approved');
  // From then on waves open, and publish what is approved, by themselves.
  if (approved > 0 && !isStarted) {
    return step('publish', 'Publish wave 1', 'Opens its pull requests.');
  }
  const review = at('simulated', ['review', 'question']);
  if (review > 0) {
    return step('review', `Review ${review}`, 'Opens the changes to look at.');
  }
  return step('none', '', '');
}

function step(
  action: Api.NextStep['action'],
  label: string,
  effect: string,
): Api.NextStep {
  return { action, label, effect };
}
