import { setTimeout as delay } from 'timers/promises';

/**
 * Looks until it is done.
 *
 * @throws the signal's reason when it is aborted, Error when it takes longer than `timeoutMs`.
 */
export async function waitFor<T>(
  look: () => Promise<{ done: boolean; value: T }>,
  options: { pollMs: number; timeoutMs: number; signal?: AbortSignal },
): Promise<T> {
  const end = Date.now() + options.timeoutMs;
  for (;;) {
    options.signal?.throwIfAborted();
    const { done, value } = await look();
    if (done) return value;
    if (Date.now() + options.pollMs > end) {
      throw new Error(
        `It was not done within ${
          options.timeoutMs / 60_000
        } minutes; it goes on without this task.`,
      );
    }
    await delay(options.pollMs, undefined, { signal: options.signal });
  }
}
