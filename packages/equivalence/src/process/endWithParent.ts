const CHECK_MS = 500;

/**
 * Ends this process soon after the one that started it is gone, also when that one
 * was killed: nobody reads the proof any more. Does not keep the process alive.
 */
export function endWithParent(): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.exit(1);
  }, CHECK_MS).unref();
}
