import {
  deriveRollout,
  MigrationState,
  Opening,
  readRolloutRules,
  RolledOutTarget,
  RolloutRules,
  RolloutStatus,
} from 'backstage-plugin-dataset-migration-common';
import {
  MigrationRecord,
  RolloutRecord,
  TargetRecord,
} from '../database/records';
import { Stores } from '../database/stores';
import { planOf } from '../service/planOf';
import { PublishingHours } from './PublishingHours';
import { WaveAssigner } from './WaveAssigner';

/** A rollout as it stands now. */
export interface RolloutNow {
  status: RolloutStatus;
  rollout: RolloutRecord;
  rules: RolloutRules;
  /** All targets, each in its wave. */
  targets: TargetRecord[];
  /** Whether a target's pull request may be opened at this time, and when next. */
  openingOf(target: TargetRecord): Opening;
}

/** Reads where a rollout stands: the same for people and for the slice that drives it. */
export class RolloutReader {
  readonly #stores: Pick<Stores, 'migrations' | 'targets' | 'rollouts'>;
  readonly #assigner: WaveAssigner;
  readonly #hours: PublishingHours;
  readonly #watched: boolean;
  readonly #now: () => number;

  constructor(options: {
    stores: Pick<Stores, 'migrations' | 'targets' | 'rollouts'>;
    hours: PublishingHours;
    /** Whether somebody looks at base branches after a merge: until then nothing is known. */
    watched?: boolean;
    now?: () => number;
  }) {
    this.#watched = options.watched ?? false;
    this.#stores = options.stores;
    this.#assigner = new WaveAssigner(options.stores);
    this.#hours = options.hours;
    this.#now = options.now ?? Date.now;
  }

  /** @throws ConflictError while the plan has errors. */
  async read(migration: MigrationRecord): Promise<RolloutNow> {
    const { plan } = planOf(
      await this.#stores.migrations.getPlan(migration.id),
    );
    const rules = readRolloutRules(plan.spec.rollout);
    const { rollout, targets, recut } = await this.#assigner.assign(
      migration.id,
      plan,
    );
    const now = this.#now();
    const openingFor = await this.#hours.of(
      rules,
      targets.map(each => each.owner),
    );
    const openingOf = (target: TargetRecord) => openingFor(target.owner);
    const unpublished = targets.filter(
      each =>
        each.wave === rollout.openWave + 1 &&
        each.state !== 'ended' &&
        !each.facts?.publishedAt,
    );
    const status = deriveRollout({
      migrationState: migration.state as MigrationState,
      targets: targets.map(each =>
        this.#watched ? withPendingChecks(each) : each,
      ) as Array<TargetRecord & RolledOutTarget>,
      rules,
      waves: recut.waves,
      proposed: recut.proposed,
      opened: rollout.opened,
      decidedAt: rollout.decidedAt,
      windowAt: unpublished.length
        ? Math.min(...unpublished.map(each => openingOf(each).at))
        : undefined,
      now,
    });
    return { status, rollout, rules, targets, openingOf };
  }
}

/** A merged target that nobody has looked at is not healthy yet. */
function withPendingChecks(target: TargetRecord): TargetRecord {
  const { facts } = target;
  return facts?.mergedAt === undefined || !target.mergedCommit || facts.health
    ? target
    : {
        ...target,
        facts: {
          ...facts,
          health: { status: 'unknown', baseChecks: 'pending' },
        },
      };
}
