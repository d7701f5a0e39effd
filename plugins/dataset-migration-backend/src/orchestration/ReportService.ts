import { AuthenticationError, ConflictError } from '@backstage/errors';
import {
  parseRunReport,
  RunReport,
  RunResult,
} from 'backstage-plugin-dataset-migration-common';
import { RunRecord } from '../database/records';
import { RunFence, Stores } from '../database/stores';
import { AttemptFailures } from './AttemptFailures';
import { hashRunCredential } from './RunCredential';
import { RunOutcomes } from './RunOutcomes';

const ACTIVE = new Set(['leased', 'running']);

/** Takes what runners and other people's agents report about their attempt. */
export class ReportService {
  readonly #stores: Pick<Stores, 'runs'>;
  readonly #outcomes: RunOutcomes;
  readonly #failures: AttemptFailures;
  readonly #leaseMs: number;
  readonly #now: () => number;

  constructor(options: {
    stores: Pick<Stores, 'runs'>;
    outcomes: RunOutcomes;
    failures: AttemptFailures;
    options: { leaseMs: number };
    now?: () => number;
  }) {
    this.#stores = options.stores;
    this.#outcomes = options.outcomes;
    this.#failures = options.failures;
    this.#leaseMs = options.options.leaseMs;
    this.#now = options.now ?? Date.now;
  }

  /**
   * The run that a credential may speak for.
   *
   * @throws AuthenticationError when the credential is not known, over, or another attempt's.
   * @throws ConflictError when attempt or token are no longer the current ones.
   */
  async authenticate(
    runId: string,
    credential: string | undefined,
    claimed: { attempt: number; token: number },
  ): Promise<RunRecord> {
    const run = await this.#authenticate(runId, credential, claimed);
    if (!ACTIVE.has(run.state)) {
      throw new ConflictError(`Run ${runId} has ended: ${run.state}.`);
    }
    return run;
  }

  /**
   * Takes one report. One that was seen before has no effect.
   *
   * @throws AuthenticationError, ConflictError as `authenticate`; InputError for a malformed report.
   */
  async accept(
    runId: string,
    credential: string | undefined,
    body: unknown,
  ): Promise<{ accepted: boolean }> {
    const known = await this.#findCredential(runId, credential);
    const report = parseRunReport(body);
    const run = await this.#checkCurrent(runId, known, report);
    if (report.kind === 'result') {
      return { accepted: await this.#takeResult(run, report) };
    }
    if (!ACTIVE.has(run.state)) {
      throw new ConflictError(`Run ${runId} has ended: ${run.state}.`);
    }
    if (!(await this.#stores.runs.rememberReport(runId, report.reportId))) {
      return { accepted: false };
    }
    // PostgreSQL's text takes no NUL.
    await this.#heartbeat(run, report.message?.replaceAll('\0', ''));
    if (report.kind === 'log' && report.lines) {
      await this.#stores.runs.appendLog(runId, run.attempt, report.lines);
    }
    return { accepted: true };
  }

  async #takeResult(run: RunRecord, report: RunReport): Promise<boolean> {
    const result = report.result;
    if (!result) return false;
    if (!ACTIVE.has(run.state)) {
      // Sent again because the answer got lost: the first one counted.
      if (await this.#stores.runs.rememberReport(run.id, report.reportId)) {
        throw new ConflictError(`Run ${run.id} has ended: ${run.state}.`);
      }
      return false;
    }
    // Remembered only once it is kept: a crash before that lets the runner send it again.
    if (result.outcome === 'failed' && result.failure?.retryable) {
      await this.#failures.fail(run, result.failure);
    } else {
      await this.#finish(run, result);
    }
    await this.#stores.runs.rememberReport(run.id, report.reportId);
    return true;
  }

  async #finish(run: RunRecord, result: RunResult): Promise<void> {
    const finished = await this.#stores.runs.finish(run, {
      state: result.outcome === 'failed' ? 'failed' : 'succeeded',
      failure: result.failure,
      result,
    });
    if (!finished) {
      throw new ConflictError(`Attempt ${run.attempt} is no longer current.`);
    }
    const ended = await this.#stores.runs.get(run.id);
    await this.#outcomes.deliver(ended, result);
  }

  async #heartbeat(run: RunFence, message?: string): Promise<void> {
    if (!(await this.#stores.runs.heartbeat(run, this.#leaseMs, message))) {
      throw new ConflictError(`Attempt ${run.attempt} is no longer current.`);
    }
  }

  async #authenticate(
    runId: string,
    credential: string | undefined,
    claimed: { attempt: number; token: number },
  ): Promise<RunRecord> {
    const known = await this.#findCredential(runId, credential);
    return this.#checkCurrent(runId, known, claimed);
  }

  async #findCredential(
    runId: string,
    credential: string | undefined,
  ): Promise<{ attempt: number }> {
    const known = credential
      ? await this.#stores.runs.findCredential(
          runId,
          hashRunCredential(credential),
        )
      : undefined;
    if (!known || known.expiresAt <= this.#now()) {
      throw new AuthenticationError('The credential of this run is not known.');
    }
    return known;
  }

  async #checkCurrent(
    runId: string,
    known: { attempt: number },
    claimed: { attempt: number; token: number },
  ): Promise<RunRecord> {
    if (known.attempt !== claimed.attempt) {
      throw new AuthenticationError(
        'The credential belongs to another attempt.',
      );
    }
    const run = await this.#stores.runs.get(runId);
    if (run.attempt !== claimed.attempt || run.token !== claimed.token) {
      throw new ConflictError(
        `Attempt ${claimed.attempt} is no longer current: the run is at attempt ${run.attempt}.`,
      );
    }
    return run;
  }
}
