/** How the runner's process ends. */
export const EXIT_CODES = {
  /** The result file is written, whatever the outcome. */
  done: 0,
  /** The result is in its file, but the backend could not be told. */
  notReported: 1,
  /** Command line or job file is wrong. */
  usage: 2,
  /** The backend does not want this attempt any more; there is no result. */
  stale: 3,
  /** Ended by SIGTERM or SIGINT; there is no result. */
  terminated: 143,
} as const;
