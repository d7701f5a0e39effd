import { PlanWave } from 'backstage-plugin-dataset-migration-common';

/**
 * Puts targets into waves, counted from 1. Shares are cumulative; `atLeast` is capped at
 * what there is. The order is that of the targets' ids, so that it is stable and mixes teams.
 */
export function assignWaves<T extends { id: string; wave: number }>(
  targets: T[],
  waves: PlanWave[],
): T[] {
  if (waves.length === 0) return targets.map(each => ({ ...each, wave: 1 }));
  const ordered = [...targets].sort((a, b) => a.id.localeCompare(b.id));
  const ends = waveEnds(ordered.length, waves);
  return ordered.map((target, index) => {
    const wave = ends.findIndex(end => index < end);
    return { ...target, wave: wave === -1 ? ends.length : wave + 1 };
  });
}

/** For each wave, how many targets are in it or an earlier one. */
export function waveEnds(total: number, waves: PlanWave[]): number[] {
  let previous = 0;
  return waves.map(wave => {
    const share = Math.ceil((total * Number.parseFloat(wave.share)) / 100);
    const end = Math.min(
      total,
      Math.max(share, previous + (wave.atLeast ?? 0), previous),
    );
    previous = end;
    return end;
  });
}

/**
 * The wave whose targets may be published now: the first that has approved ones, provided
 * that nothing of an earlier wave is still being published. Undefined when none may.
 */
export function openWave(
  targets: Array<{ wave: number; state: string }>,
): number | undefined {
  const approved = targets
    .filter(target => target.state === 'approved')
    .map(target => target.wave);
  if (approved.length === 0) return undefined;
  const first = Math.min(...approved);
  const busy = targets.some(
    target => target.state === 'publishing' && target.wave < first,
  );
  return busy ? undefined : first;
}
