import { PlanWave } from '../plan/MigrationPlan';
import { waveEnds } from './assignWaves';
import { LineageCycle } from './breakCycles';
import { OrderOptions, orderTargets } from './orderTargets';
import { proposeWaves } from './proposeWaves';
import { RolloutTarget } from './RolloutTarget';

/** A target with the wave it is in; 0 before it was put into one. */
export interface PlacedTarget extends RolloutTarget {
  wave: number;
  /** Whether it may still be published, or was (`countsInWave`). */
  counts: boolean;
}

export interface RecutOptions extends Omit<OrderOptions, 'targets'> {
  targets: PlacedTarget[];
  /** `rollout.waves` of the plan; where empty, a pilot is proposed. */
  waves: PlanWave[];
  /** The last wave that is open, 0 before the first. Who is in it or before stays there. */
  openWave: number;
}

export interface Recut {
  /** The waves in force, the first is wave 1. */
  waves: PlanWave[];
  /** True where the plan has no waves and these are ours. */
  proposed: boolean;
  /** For each target its wave. */
  of: Map<string, number>;
  cycles: LineageCycle[];
}

/**
 * Cuts the waves that are not open yet anew over all that is left, in order. Whoever ended
 * without anything to publish holds no place, so that a first wave of five is five pull
 * requests; whoever was found after the last wave opened goes with the last.
 *
 * @throws InputError where a share is no percentage
 */
export function recutWaves(options: RecutOptions): Recut {
  const { targets, openWave } = options;
  const { ids, cycles } = orderTargets(options);
  const counted = new Set(
    targets.filter(each => each.counts).map(each => each.id),
  );
  const proposed = options.waves.length === 0;
  const waves = proposed ? proposeWaves(counted.size) : options.waves;
  const ends = waveEnds(counted.size, waves);
  const of = new Map<string, number>();
  let before = 0;
  for (const { id, wave, counts } of targets) {
    if (wave > 0 && wave <= openWave) {
      of.set(id, wave);
      before += counts ? 1 : 0;
    }
  }
  const last = Math.max(waves.length, openWave);
  let wave = Math.min(openWave + 1, last);
  for (const id of ids) {
    if (of.has(id)) {
      continue;
    }
    while (wave < waves.length && before >= ends[wave - 1]) {
      wave += 1;
    }
    of.set(id, wave);
    before += counted.has(id) ? 1 : 0;
  }
  return { waves, proposed, of, cycles };
}
