/** Milliseconds between two looks of an action that waits. */
export const POLL_MS = 5_000;
