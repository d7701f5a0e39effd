import {
  countsInWave,
  MigrationPlan,
  readRolloutRules,
  Recut,
  recutWaves,
  TargetState,
} from 'backstage-plugin-dataset-migration-common';
import { RolloutRecord, TargetRecord } from '../database/records';
import { Stores } from '../database/stores';
import { allTargets } from './allTargets';
import { byTarget } from './byTarget';

/** A migration's targets in their waves. */
export interface Assigned {
  rollout: RolloutRecord;
  targets: TargetRecord[];
  recut: Recut;
}

/** Puts the targets of a migration into waves, as the plan has them. */
export class WaveAssigner {
  readonly #stores: Pick<Stores, 'targets' | 'rollouts'>;

  constructor(stores: Pick<Stores, 'targets' | 'rollouts'>) {
    this.#stores = stores;
  }

  /** Cuts what is not open yet anew. May be called at any time and any number of times. */
  async assign(migrationId: string, plan: MigrationPlan): Promise<Assigned> {
    const rules = readRolloutRules(plan.spec.rollout);
    const rollout = await this.#stores.rollouts.get(migrationId);
    const targets = await allTargets(this.#stores.targets, migrationId);
    const recut = recutWaves({
      targets: targets.map(each => ({
        id: each.id,
        criticality: each.criticality,
        wave: each.wave,
        counts: countsInWave({
          state: each.state as TargetState,
          published: each.facts?.publishedAt !== undefined,
        }),
      })),
      lineage: byTarget(
        await this.#stores.rollouts.lineage(migrationId),
        targets,
      ),
      order: rules.order,
      waves: rules.waves,
      openWave: rollout.openWave,
    });
    const moved = new Map(
      targets.flatMap(({ id, wave }) => {
        const next = recut.of.get(id) ?? wave;
        return next === wave ? [] : [[id, next]];
      }),
    );
    if (moved.size > 0) {
      const placed = await this.#stores.rollouts.place(
        migrationId,
        rollout.openWave,
        moved,
      );
      // A wave has opened meanwhile: what is in it stays there.
      if (!placed) return this.assign(migrationId, plan);
    }
    return {
      rollout,
      recut,
      targets: targets.map(each => ({
        ...each,
        wave: recut.of.get(each.id) ?? each.wave,
      })),
    };
  }
}
