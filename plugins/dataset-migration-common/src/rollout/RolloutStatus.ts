import { HaltDecision } from './shouldHalt';
import { WaveProgress, WaveWait } from './WaveProgress';

/** One wave as people see it. Times are epoch milliseconds. */
export interface WaveStatus {
  /** Counted from 1. */
  wave: number;
  name?: string;
  /** `soaking`: through, and watched before the next one opens. */
  state: 'waiting' | 'open' | 'soaking' | 'through';
  /** All its targets, also those that had nothing to publish. */
  targets: number;
  openedAt?: number;
  /** Entity reference of a person, or `system`. */
  openedBy?: string;
  /** Why a person opened it early. */
  reason?: string;
  progress: WaveProgress;
  errors: HaltDecision;
}

/** What the next wave waits for, beyond what the one before it says. */
export type NextWait =
  | WaveWait
  /** Nobody has started the rollout. */
  | { for: 'start' }
  /** The migration is paused, halted or further. */
  | { for: 'migration'; state: string }
  /** Outside the hours of the plan, until then. */
  | { for: 'window'; until: number };

export interface NextWave {
  wave: number;
  /** Whether it may open now. */
  ready: boolean;
  /** When it opens if all stays as it is; absent where that depends on others. */
  opensAt?: number;
  waitsFor?: NextWait;
  /** `next opens in 3 h 12 m if healthy`. */
  message: string;
}

/** Where the rollout of a migration stands, derived from its targets. */
export interface RolloutStatus {
  /** True where the plan has no waves and these are ours. */
  proposed: boolean;
  waves: WaveStatus[];
  /** Absent when all are open. */
  next?: NextWave;
  /** The open wave whose errors trip the breaker. */
  tripped?: WaveStatus;
}
