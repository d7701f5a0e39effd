import { useCallback, useEffect, useRef, useState } from 'react';

/** The newest value of something that is read again and again. */
export interface Polled<T> {
  value?: T;
  /** Of the last read; the last good value stays. */
  error?: Error;
  loading: boolean;
  /** Reads again now, and resolves when the answer is shown. */
  reload(): Promise<void>;
}

/** Milliseconds between two reads while something moves. */
export const POLL_INTERVAL = 3_000;

/**
 * Reads at once, when `key` changes, and every `interval` milliseconds while
 * `live` says that the value still moves. Rests while the page is hidden. A value equal
 * to the last one keeps its identity, so that nothing is drawn again.
 */
export function usePolled<T>(options: {
  /** What is read; an undefined key reads nothing. */
  key: string | undefined;
  load: (signal: AbortSignal) => Promise<T>;
  live?: boolean | ((value: T) => boolean);
  interval?: number;
}): Polled<T> {
  const { key, interval = POLL_INTERVAL } = options;
  const [held, setHeld] = useState<{ key?: string; value?: T; error?: Error }>(
    {},
  );
  const latest = useRef(options);
  latest.current = options;
  const text = useRef<string>();

  const read = useCallback(
    async (signal: AbortSignal) => {
      if (key === undefined) {
        return;
      }
      try {
        const value = await latest.current.load(signal);
        if (signal.aborted) {
          return;
        }
        const now = `${key}\n${JSON.stringify(value)}`;
        if (now !== text.current) {
          text.current = now;
          setHeld({ key, value });
        } else {
          setHeld(last => (last.error ? { ...last, error: undefined } : last));
        }
      } catch (error) {
        if (!signal.aborted) {
          setHeld(last => ({
            key,
            value: last.key === key ? last.value : undefined,
            error: error instanceof Error ? error : new Error(String(error)),
          }));
        }
      }
    },
    [key],
  );

  const mounted = useRef(new AbortController());
  useEffect(() => {
    const controller = new AbortController();
    mounted.current = controller;
    text.current = undefined;
    read(controller.signal);
    return () => controller.abort();
  }, [read]);

  const value = held.key === key ? held.value : undefined;
  const error = held.key === key ? held.error : undefined;
  const { live } = options;
  const moves =
    typeof live === 'function'
      ? value === undefined || live(value)
      : Boolean(live);
  const moved = useRef(false);
  useEffect(() => {
    if (!moves || key === undefined) {
      // What stopped may have moved since the last read: one more tells how it ended.
      // And another a while later, as what belongs to it may stop after it.
      if (!moved.current) {
        return undefined;
      }
      moved.current = false;
      read(mounted.current.signal);
      const last = setTimeout(() => read(mounted.current.signal), interval);
      return () => clearTimeout(last);
    }
    moved.current = true;
    const timer = setInterval(() => {
      if (document.visibilityState !== 'hidden') {
        read(mounted.current.signal);
      }
    }, interval);
    return () => clearInterval(timer);
  }, [moves, key, interval, read]);

  return {
    value,
    error,
    loading: key !== undefined && value === undefined && error === undefined,
    reload: useCallback(() => read(mounted.current.signal), [read]),
  };
}
