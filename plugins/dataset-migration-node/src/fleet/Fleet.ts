import { RunJob } from 'backstage-plugin-dataset-migration-common';

/**
 * Where runs execute. A fleet starts the runner for one attempt and forgets its result: the runner
 * reports that to the backend itself, with the attempt's credential.
 */
export interface Fleet {
  /** Stable: `local`, `kubernetes`, `nomad`. */
  readonly id: string;
  /** True where attempts cannot outlive the backend process that submitted them. */
  readonly endsWithBackend?: boolean;
  /**
   * Takes one attempt. Submitting the same run, attempt and token again gives the same reference.
   * The credential goes into the runner's environment as RUN_CREDENTIAL_VARIABLE, nowhere else.
   *
   * @throws ServiceUnavailableError when the fleet takes no work now.
   */
  submit(
    job: RunJob,
    options: {
      credential: string;
      /** Goes into the runner's environment as RUN_CONNECTION_VARIABLE, nowhere else. */
      connection?: string;
      signal?: AbortSignal;
    },
  ): Promise<{ ref: string }>;
  /** How the attempt's process is doing, whatever it reported. */
  observe(ref: string): Promise<FleetObservation>;
  /** Stops the attempt and what it started. Without effect when it has ended or is not known. */
  cancel(ref: string): Promise<void>;
  /** References of what this fleet holds now. */
  list(): Promise<string[]>;
}

export type FleetObservation =
  | { state: 'waiting' | 'running' }
  | {
      state: 'ended';
      exitCode?: number;
      /** Last words of the process, for people. */
      message?: string;
    }
  /** The fleet has never heard of it, or has forgotten it. */
  | { state: 'unknown' };
