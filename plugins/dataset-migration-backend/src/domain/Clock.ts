import { setTimeout } from 'node:timers/promises';

/** Where the time comes from, so that a test or a benchmark can give another one. */
export interface Clock {
  /** UTC epoch milliseconds. */
  now(): number;
  /** Rejects with the signal's reason when it is aborted first. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: async (milliseconds, signal) => {
    await setTimeout(milliseconds, undefined, { signal }).catch(error => {
      signal?.throwIfAborted();
      throw error;
    });
  },
};
