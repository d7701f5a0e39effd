import { randomUUID } from 'crypto';
import {
  RunReport,
  RunResult,
} from 'backstage-plugin-dataset-migration-common';
import { StaleAttemptError } from '../run/StaleAttemptError';
import { pause, RunClient } from '../source/RunClient';

const FLUSH_MS = 1000;
const MAX_LINES = 200;
const MAX_LINE = 2000;
const RESULT_TRIES = 6;
/** Terminal colours, and control characters other than tab and line feed. */
const COLOUR = /\p{Cc}\[[0-9;]*[A-Za-z]/gu;
const CONTROL = /(?![\t\n])\p{Cc}/gu;

/** Tells the backend what a run does: heartbeats, progress, log and result. */
export class Reporter {
  readonly #client: RunClient;
  readonly #signal: AbortSignal;
  readonly #onRefused: (error: unknown) => void;
  readonly #secret: string;
  readonly #lines: string[] = [];
  readonly #timers: NodeJS.Timeout[] = [];
  #sending: Promise<void> = Promise.resolve();

  constructor(options: {
    client: RunClient;
    signal: AbortSignal;
    /** The credential, which is taken out of every line. */
    secret: string;
    /** The attempt is stale, or the backend refuses its reports. */
    onRefused(error: unknown): void;
    heartbeatMs?: number;
  }) {
    this.#client = options.client;
    this.#signal = options.signal;
    this.#secret = options.secret;
    this.#onRefused = options.onRefused;
    this.#timers.push(
      setInterval(
        () => this.#send({ kind: 'heartbeat' }),
        options.heartbeatMs ?? 10_000,
      ),
      setInterval(() => this.#flush(), FLUSH_MS),
    );
    this.#send({ kind: 'heartbeat' });
  }

  /** One line of the log; without control characters and credential. */
  log(line: string): void {
    for (const part of this.#clean(line).split('\n')) {
      this.#lines.push(part.slice(0, MAX_LINE));
    }
    if (this.#lines.length >= MAX_LINES) {
      this.#flush();
    }
  }

  /** What is going on now. */
  progress(message: string): void {
    this.log(message);
    this.#flush();
    this.#send({
      kind: 'progress',
      message: this.#clean(message).slice(0, MAX_LINE),
    });
  }

  /**
   * Sends the result, again and again until the backend takes it. The report's id
   * stays the same, so that it counts once.
   *
   * @returns false where the backend could not be reached.
   * @throws StaleAttemptError, RunFailure
   */
  async result(result: RunResult, signal: AbortSignal): Promise<boolean> {
    this.#flush();
    await this.#sending;
    const reportId = randomUUID();
    for (let tries = 1; tries <= RESULT_TRIES; tries += 1) {
      const taken = await this.#client.report(
        { reportId, kind: 'result', result },
        signal,
      );
      if (taken) {
        return true;
      }
      if (tries < RESULT_TRIES) {
        await pause(200 * 2 ** tries, signal);
      }
    }
    return false;
  }

  close(): void {
    for (const timer of this.#timers) {
      clearInterval(timer);
    }
  }

  #flush(): void {
    while (this.#lines.length > 0) {
      this.#send({ kind: 'log', lines: this.#lines.splice(0, MAX_LINES) });
    }
  }

  #send(report: Omit<RunReport, 'attempt' | 'token' | 'reportId'>): void {
    this.#sending = this.#sending.then(async () => {
      try {
        // A lost heartbeat or line is no reason to end the run.
        await this.#client.report(
          { reportId: randomUUID(), ...report },
          this.#signal,
        );
      } catch (error) {
        if (error instanceof StaleAttemptError) {
          this.#onRefused(error);
        }
      }
    });
  }

  #clean(text: string): string {
    return text
      .split(this.#secret)
      .join('…')
      .replace(COLOUR, '')
      .replace(CONTROL, ' ');
  }
}
