import { useCallback, useRef, useEffect, useState } from 'react';

/** A call that a person started. */
export interface Action<Args extends unknown[]> {
  busy: boolean;
  /** Why the last call was refused. */
  error?: Error;
  /** True when it was done; a refusal is kept in `error`. */
  run(...args: Args): Promise<boolean>;
  clear(): void;
}

/** Runs a call once at a time and keeps its refusal for the screen. */
export function useAction<Args extends unknown[]>(
  call: (...args: Args) => Promise<unknown>,
): Action<Args> {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error>();
  const latest = useRef(call);
  latest.current = call;
  const gone = useRef(false);
  useEffect(() => {
    gone.current = false;
    return () => {
      gone.current = true;
    };
  }, []);

  const run = useCallback(async (...args: Args) => {
    setBusy(true);
    setError(undefined);
    try {
      await latest.current(...args);
      return true;
    } catch (caught) {
      if (!gone.current) {
        setError(caught instanceof Error ? caught : new Error(String(caught)));
      }
      return false;
    } finally {
      if (!gone.current) {
        setBusy(false);
      }
    }
  }, []);
  return {
    busy,
    error,
    run,
    clear: useCallback(() => setError(undefined), []),
  };
}
