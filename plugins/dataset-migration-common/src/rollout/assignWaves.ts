import { InputError } from '@backstage/errors';
import { PlanWave } from '../plan/MigrationPlan';
import { LineageCycle } from './breakCycles';
import { countOf, parseFraction } from './fractions';
import { OrderOptions, orderTargets } from './orderTargets';
import { proposeWaves } from './proposeWaves';

export interface WaveOptions extends OrderOptions {
  /** `rollout.waves` of the plan; where empty, a pilot is proposed. */
  waves: PlanWave[];
}

/** One wave of a migration. */
export interface RolloutWave {
  /** Counted from 1, as the portal shows it. */
  wave: number;
  name?: string;
  /** Targets of this wave, first to roll out first; empty where earlier waves reach its share. */
  targets: string[];
  /** Targets of this wave and those before it. */
  reached: number;
}

export interface WaveAssignment {
  waves: RolloutWave[];
  /** True where the plan has no waves and these are ours, for people to accept. */
  proposed: boolean;
  cycles: LineageCycle[];
}

/**
 * Puts every target into exactly one wave. The targets are put in order
 * (`orderTargets`) and cut where a wave ends, so no producer is in a later wave
 * than its reader, and the first wave holds the least critical.
 *
 * @throws InputError where a share is no percentage
 */
export function assignWaves(options: WaveOptions): WaveAssignment {
  const { ids, cycles } = orderTargets(options);
  const proposed = options.waves.length === 0;
  const waves = proposed ? proposeWaves(ids.length) : options.waves;
  const ends = waveEnds(ids.length, waves);
  return {
    waves: waves.map(({ name }, index) => ({
      wave: index + 1,
      ...(name === undefined ? {} : { name }),
      targets: ids.slice(index === 0 ? 0 : ends[index - 1], ends[index]),
      reached: ends[index],
    })),
    proposed,
    cycles,
  };
}

/**
 * For each wave, how many targets are in it or an earlier one. Shares are
 * cumulative and rounded up, `atLeast` is the wave's own size, both end at what
 * there is, and the last wave takes all that is left.
 *
 * @throws InputError where a share is no percentage
 */
export function waveEnds(total: number, waves: PlanWave[]): number[] {
  let previous = 0;
  return waves.map((wave, index) => {
    const share = parseFraction(wave.share);
    if (share === undefined) {
      throw new InputError(
        `Wave ${index + 1} has no percentage: ${wave.share}`,
      );
    }
    const wanted = Math.max(
      previous,
      countOf(share, total),
      previous + (wave.atLeast ?? 0),
    );
    previous = index === waves.length - 1 ? total : Math.min(total, wanted);
    return previous;
  });
}
