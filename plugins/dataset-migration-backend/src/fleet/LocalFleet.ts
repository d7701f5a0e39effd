import { LoggerService } from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { ServiceUnavailableError } from '@backstage/errors';
import { RunJob } from 'backstage-plugin-dataset-migration-common';
import {
  Fleet,
  FleetObservation,
} from 'backstage-plugin-dataset-migration-node';
import { randomUUID } from 'crypto';
import { tmpdir } from 'os';
import pLimit from 'p-limit';
import { findRunner } from './findRunner';
import { executeRunner } from './RunnerProcess';

/** Ended attempts that can still be asked about. */
const REMEMBERED = 500;

interface Attempt {
  observation: FleetObservation;
  cancel: AbortController;
  done: Promise<void>;
}

/** Executes runs as processes of this machine, a few at a time. */
export class LocalFleet implements Fleet {
  readonly id = 'local';
  readonly endsWithBackend = true;
  readonly #runner: string;
  readonly #directory: string;
  readonly #logger: LoggerService;
  readonly #limit: ReturnType<typeof pLimit>;
  /** Other backends do not know this one's processes, nor does this one after a restart. */
  readonly #instance = randomUUID().slice(0, 8);
  readonly #attempts = new Map<string, Attempt>();
  #isStopped = false;

  constructor(options: {
    /** Path of the runner's executable. */
    runner: string;
    /** Most processes at once. */
    concurrency: number;
    logger: LoggerService;
    /** Where attempts get their directories; the system's temporary one by default. */
    directory?: string;
  }) {
    this.#runner = options.runner;
    this.#limit = pLimit(options.concurrency);
    this.#logger = options.logger;
    this.#directory = options.directory ?? tmpdir();
  }

  /** Reads `datasetMigration.fleets.local`. */
  static fromConfig(config: Config, logger: LoggerService): LocalFleet {
    return new LocalFleet({
      runner: findRunner(config),
      concurrency:
        config.getOptionalNumber('datasetMigration.fleets.local.concurrency') ??
        2,
      directory: config.getOptionalString('backend.workingDirectory'),
      logger,
    });
  }

  async submit(
    job: RunJob,
    options: {
      credential: string;
      connection?: string;
      signal?: AbortSignal;
    },
  ): Promise<{ ref: string }> {
    if (this.#isStopped) {
      throw new ServiceUnavailableError('The local fleet is stopping.');
    }
    options.signal?.throwIfAborted();
    const { id, attempt, token } = job.run;
    const ref = `local:${this.#instance}:${id}:${attempt}:${token}`;
    if (this.#attempts.has(ref)) return { ref };
    const cancel = new AbortController();
    const state: Attempt = {
      observation: { state: 'waiting' },
      cancel,
      done: this.#limit(() => this.#execute(ref, job, options)),
    };
    this.#attempts.set(ref, state);
    return { ref };
  }

  async observe(ref: string): Promise<FleetObservation> {
    return this.#attempts.get(ref)?.observation ?? { state: 'unknown' };
  }

  async cancel(ref: string): Promise<void> {
    const attempt = this.#attempts.get(ref);
    attempt?.cancel.abort();
    await attempt?.done;
  }

  async list(): Promise<string[]> {
    return [...this.#attempts]
      .filter(([, attempt]) => attempt.observation.state !== 'ended')
      .map(([ref]) => ref);
  }

  /** Ends every process and waits until they are gone; nothing is taken afterwards. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await Promise.all((await this.list()).map(ref => this.cancel(ref)));
  }

  async #execute(
    ref: string,
    job: RunJob,
    { credential, connection }: { credential: string; connection?: string },
  ): Promise<void> {
    const attempt = this.#attempts.get(ref);
    if (!attempt) return;
    try {
      attempt.cancel.signal.throwIfAborted();
      attempt.observation = { state: 'running' };
      const end = await executeRunner({
        runner: this.#runner,
        directory: this.#directory,
        job,
        credential,
        connection,
        signal: attempt.cancel.signal,
      });
      attempt.observation = { state: 'ended', ...end };
    } catch (error) {
      attempt.observation = { state: 'ended', message: String(error) };
      if (!attempt.cancel.signal.aborted) {
        this.#logger.error(
          `The runner of run ${job.run.id} did not start: ${error}`,
        );
      }
    }
    this.#forgetOldest();
  }

  #forgetOldest(): void {
    const ended = [...this.#attempts].filter(
      ([, attempt]) => attempt.observation.state === 'ended',
    );
    for (const [ref] of ended.slice(
      0,
      Math.max(ended.length - REMEMBERED, 0),
    )) {
      this.#attempts.delete(ref);
    }
  }
}
