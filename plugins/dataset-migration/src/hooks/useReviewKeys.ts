import { useEffect, useRef } from 'react';

/** Calls a handler for a key, unless a person is typing or a dialog is open. */
export function useReviewKeys(handlers: Record<string, () => void>): void {
  const latest = useRef(handlers);
  latest.current = handlers;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      const typing =
        /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) ||
        target.isContentEditable;
      const inDialog = document.querySelector('[role="dialog"]') !== null;
      const modified = event.ctrlKey || event.metaKey || event.altKey;
      const handler = Object.hasOwn(latest.current, event.key)
        ? latest.current[event.key]
        : undefined;
      if (handler && !typing && !modified && (!inDialog || event.key === '?')) {
        event.preventDefault();
        handler();
      }
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
}
