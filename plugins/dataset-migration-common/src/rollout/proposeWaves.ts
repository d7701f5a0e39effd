import { PlanWave } from '../plan/MigrationPlan';

/** Targets of the proposed pilot: few enough to look at each. */
export const PILOT_SIZE = 5;

/**
 * Waves for a plan that has none, as its author could have written them: a
 * pilot of five, then all. One wave where there are no more than that.
 *
 * @param total - number of targets
 */
export function proposeWaves(total: number): PlanWave[] {
  const all: PlanWave = { name: 'all', share: '100%' };
  if (total <= PILOT_SIZE) {
    return [all];
  }
  // The share must not reach further than `atLeast`, and must be more than none.
  const share = Math.min(1, Math.floor((PILOT_SIZE / total) * 1e5) / 1e3);
  return [
    {
      name: 'pilot',
      share: `${Math.max(share, 0.001)}%`,
      atLeast: PILOT_SIZE,
    },
    all,
  ];
}
