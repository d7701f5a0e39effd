/** What the next wave waits for. Times are epoch milliseconds, targets are ids. */
export type WaveWait =
  /** This wave is not open itself. */
  | { for: 'opening' }
  /** So many merges are missing; at `until`, where there is one, those there are will do. */
  | { for: 'merges'; missing: number; until?: number }
  /** The time has passed, but these wait for us and not for people. */
  | { for: 'publishing'; targets: string[] }
  /** These are unhealthy since their merge. */
  | { for: 'health'; targets: string[] }
  /** Nothing is known of their health, and the base branch's checks fail or still run. */
  | { for: 'base-checks'; failed: string[]; pending: string[] }
  /** Healthy, but not for long enough: opens then if nothing changes. */
  | { for: 'soak'; until: number };

/** Where a wave stands, derived from its targets. */
export interface WaveProgress {
  /** Targets that may still be published or were: the whole that shares are of. */
  counted: number;
  merged: number;
  /** Merges that make the share of `proceed.merged`. */
  needed: number;
  /** Ids, in the order given: published and neither merged nor ended. They stay open. */
  stragglers: string[];
  /** The worst of the merged targets; `unknown` without any. */
  health: 'healthy' | 'unhealthy' | 'unknown';
  /** Since when the wave counts as through, and by what; absent while it does not. */
  through?: { at: number; by: 'merged' | 'time' | 'nothing-to-merge' };
  /** Absent: the next wave may open, as far as this one goes. */
  waitsFor?: WaveWait;
}

/** Whether enough is merged, or enough time has passed; soak and health come after. */
export function isWaveThrough(progress: WaveProgress): boolean {
  return progress.through !== undefined;
}

/** Whether the wave is through and was healthy for long enough. Windows are asked beside it. */
export function mayOpenNext(progress: WaveProgress): boolean {
  return progress.waitsFor === undefined;
}
