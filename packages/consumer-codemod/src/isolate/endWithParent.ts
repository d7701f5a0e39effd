import { Worker } from 'worker_threads';

/** Runs in a thread of its own, because a loop in the main one would keep it from looking. */
const WATCH = `
  const { workerData: parent } = require('worker_threads');
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL');
  }, 500);
`;

/**
 * Ends this process soon after the one that started it is gone, whatever it is at:
 * nobody waits for what it finds out, and nobody else would end it.
 */
export function endWithParent(): void {
  new Worker(WATCH, {
    eval: true,
    workerData: process.ppid,
    execArgv: [],
    env: {},
  }).unref();
}
